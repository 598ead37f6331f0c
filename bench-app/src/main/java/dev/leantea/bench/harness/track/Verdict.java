package dev.leantea.bench.harness.track;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One figure against the best it had before.
 *
 * @param bench the figure
 * @param best before; empty for a new one
 * @param threshold share of the best below which it is an alert
 */
public record Verdict(Bench bench, OptionalDouble best, double threshold) {
  /** Of all figures of a commit. */
  public static List<Verdict> of(
      List<Bench> benches, History history, String commit, double threshold) {
    return benches.stream()
        .map(bench -> new Verdict(bench, history.best(bench.name(), commit), threshold))
        .toList();
  }

  /**
   * Whether it is a ratio that is worse than the threshold allows. Runners differ, so absolute
   * figures are recorded and raise no alert.
   */
  public boolean alert() {
    return bench.ratio() && best.isPresent() && bench.value() < threshold * best.getAsDouble();
  }

  /** One line for the alert. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%s: %s %s, %s of the best before (%s), expected at least %.0f %%",
        bench.name(),
        number(bench.value()),
        bench.unit(),
        share(),
        best.isPresent() ? number(best.getAsDouble()) : "none",
        threshold * 100);
  }

  /** The share of the best before. */
  public String share() {
    return best.isPresent() && best.getAsDouble() > 0
        ? String.format(Locale.ROOT, "%.0f %%", bench.value() / best.getAsDouble() * 100)
        : "new";
  }

  /** A value as people read it. */
  public static String number(double value) {
    return String.format(Locale.ROOT, value >= 1_000 ? "%,.0f" : "%.3f", value);
  }
}
