package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Spread;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * A figure that LeanTea is held to.
 *
 * @param what is measured
 * @param bound whether less is better, or more
 * @param must what it has to reach
 * @param aim what it should reach
 * @param text the figure as it is shown
 * @param figure finds it in a run; empty when that did not measure it
 */
record Bar(
    String what,
    Bound bound,
    double must,
    double aim,
    DoubleFunction<String> text,
    Function<Results, Optional<Spread>> figure) {

  /** On which side of a bar it is well. */
  enum Bound {
    AT_MOST("≤ "),
    AT_LEAST("≥ ");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }

    boolean met(double value, double bar) {
      return this == AT_MOST ? value <= bar : value >= bar;
    }
  }

  Optional<Spread> measured(Results results) {
    return Objects.requireNonNull(figure.apply(results));
  }

  String mustText() {
    return bound.sign + shown(must);
  }

  String aimText() {
    return bound.sign + shown(aim);
  }

  /** The median with its range, {@code ~} in front when the rounds were too far apart. */
  String text(Spread spread) {
    return "%s%s (%s–%s)"
        .formatted(
            spread.noisy() ? "~" : "",
            shown(spread.median()),
            shown(spread.min()),
            shown(spread.max()));
  }

  private String shown(double value) {
    return Objects.requireNonNull(text.apply(value));
  }

  /** Which of the two bars the figure clears. */
  String verdict(Spread spread) {
    if (bound.met(spread.median(), aim)) {
      return "met, and the aim";
    }
    return bound.met(spread.median(), must) ? "met" : "NOT met";
  }
}
