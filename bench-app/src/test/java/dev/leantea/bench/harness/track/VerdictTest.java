package dev.leantea.bench.harness.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class VerdictTest {
  private static Verdict verdict(double value, OptionalDouble best) {
    return new Verdict(new Bench("a", value, "×", "", ""), best, 0.8);
  }

  @Test
  void alert_absoluteFigure_isFalse() {
    Bench rate = new Bench("a", 1, "req/s", "", "");
    assertThat(new Verdict(rate, OptionalDouble.of(100), 0.8).alert()).isFalse();
  }

  @Test
  void alert_belowTheThreshold_isTrue() {
    assertThat(verdict(79, OptionalDouble.of(100)).alert()).isTrue();
    assertThat(verdict(79, OptionalDouble.of(100)).line())
        .isEqualTo("a: 79.000 ×, 79 % of the best before (100.000), expected at least 80 %");
  }

  @Test
  void alert_atTheThreshold_isFalse() {
    assertThat(verdict(80, OptionalDouble.of(100)).alert()).isFalse();
  }

  @Test
  void alert_newFigure_isFalse() {
    assertThat(verdict(1, OptionalDouble.empty()).alert()).isFalse();
    assertThat(verdict(1, OptionalDouble.empty()).share()).isEqualTo("new");
  }
}
