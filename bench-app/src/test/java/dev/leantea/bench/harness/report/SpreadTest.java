package dev.leantea.bench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpreadTest {
  private static Spread of(Double... values) {
    return Spread.of(List.of(values), Double::doubleValue).orElseThrow();
  }

  @Test
  void of_oddNumberOfValues_takesTheMiddleOne() {
    assertThat(of(3.0, 1.0, 2.0)).isEqualTo(new Spread(2, 1, 3, 3));
  }

  @Test
  void of_evenNumberOfValues_takesTheMeanOfTheMiddle() {
    assertThat(of(4.0, 1.0, 2.0, 3.0).median()).isEqualTo(2.5);
  }

  @Test
  void of_noValue_isEmpty() {
    assertThat(Spread.of(List.<Double>of(), Double::doubleValue)).isEmpty();
  }

  @Test
  void noisy_extremesWithinTheLimit_isFalse() {
    assertThat(new Spread(1.0, 0.96, 1.05, 5).noisy()).isFalse();
  }

  @Test
  void noisy_extremesBeyondTheLimit_isTrue() {
    assertThat(new Spread(1.0, 0.94, 1.05, 5).noisy()).isTrue();
  }
}
