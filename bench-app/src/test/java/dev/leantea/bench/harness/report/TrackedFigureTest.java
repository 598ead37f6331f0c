package dev.leantea.bench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TrackedFigureTest {
  @Test
  void of_run_hasRatesAndRatios() {
    assertThat(TrackedFigure.of(Runs.steady()).stream().map(b -> b.name() + " = " + b.value()))
        .containsExactly(
            "reactor /health c128 req/s = 20000.0",
            "reactor /health c128 req/s vs nginx = 2.0",
            "reactor /health c128 CPU efficiency vs nginx = 1.25",
            "nginx /health c128 req/s = 10000.0");
  }
}
