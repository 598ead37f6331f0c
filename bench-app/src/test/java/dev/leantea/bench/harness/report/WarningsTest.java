package dev.leantea.bench.harness.report;

import static dev.leantea.bench.harness.report.Runs.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.report.LoadFigures.Errors;
import org.junit.jupiter.api.Test;

final class WarningsTest {
  @Test
  void of_steadyRun_hasNone() {
    assertThat(Warnings.of(Runs.steady())).isEmpty();
  }

  @Test
  void of_ratiosFarApart_saysHowFar() {
    assertThat(
            Warnings.of(
                Runs.of(
                    sample("reactor", 1, 10, 8),
                    sample("nginx", 1, 10, 10),
                    sample("reactor", 2, 10, 12),
                    sample("nginx", 2, 10, 10))))
        .singleElement()
        .asString()
        .contains("1 of 2 CPU ratios", "at most by 40 %");
  }

  @Test
  void of_errors_namesServerAndLoad() {
    Sample broken = Runs.broken("netty", Runs.LOAD, new Errors(0, 3, 0, 0, 1));
    assertThat(Warnings.of(Runs.of(broken))).containsExactly("errors: netty at /health c128: 4");
  }
}
