package dev.leantea.bench.harness.report;

import static dev.leantea.bench.harness.report.Runs.sample;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReproducibilityTest {
  private static Results ratio(double ratio) {
    return Runs.of(sample("reactor", 1, 10, ratio * 10), sample("nginx", 1, 10, 10));
  }

  @Test
  void of_ratiosWithinTheLimit_agree() {
    assertThat(Reproducibility.of(ratio(0.80), ratio(0.87)))
        .singleElement()
        .asString()
        .contains("agree");
  }

  @Test
  void of_ratiosFurtherApart_areNamed() {
    assertThat(Reproducibility.of(ratio(0.80), ratio(0.90)))
        .hasSize(2)
        .last()
        .isEqualTo("reactor at /health c128: 0.80 here, 0.90 there");
    assertThat(Reproducibility.of(ratio(0.80), ratio(0.90)).getFirst())
        .contains("1 of 2", "do NOT agree");
  }

  @Test
  void of_nothingInCommon_saysSo() {
    assertThat(Reproducibility.of(ratio(0.8), Runs.of()).getFirst()).contains("No CPU ratios");
  }
}
