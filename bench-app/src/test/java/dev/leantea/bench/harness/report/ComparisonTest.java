package dev.leantea.bench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static Comparison comparison(String unit, double value, OptionalDouble best) {
    var figure = new TrackedFigure("a", value, unit, "± 1 %", "");
    return new Comparison(List.of(new Comparison.Row(figure, best, 0.8)));
  }

  @Test
  void alerts_ratioBelowTheThreshold_isListed() {
    Comparison comparison = comparison("×", 79, OptionalDouble.of(100));
    assertThat(comparison.alerts()).hasSize(1);
    assertThat(comparison.markdown())
        .contains(
            "| a | 79.000 × | ± 1 % | 79 % ⚠ |",
            "- alert: a: 79.000 ×, 79 % of the best before (100.000), expected at least 80 %",
            "verdict: 1 figures, 1 alerts");
  }

  @Test
  void alerts_ratioAtTheThreshold_isNone() {
    assertThat(comparison("×", 80, OptionalDouble.of(100)).alerts()).isEmpty();
  }

  @Test
  void alerts_absoluteFigure_isNone() {
    assertThat(comparison("req/s", 1, OptionalDouble.of(100)).alerts()).isEmpty();
  }

  @Test
  void alerts_newFigure_isNone() {
    Comparison comparison = comparison("×", 1, OptionalDouble.empty());
    assertThat(comparison.alerts()).isEmpty();
    assertThat(comparison.markdown()).contains("| new |");
  }
}
