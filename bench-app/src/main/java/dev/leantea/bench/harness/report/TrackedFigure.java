package dev.leantea.bench.harness.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One figure of a run in the layout of github-action-benchmark, tool {@code customBiggerIsBetter}.
 *
 * @param name stays the same over time: a figure is found by it
 * @param value the larger the better
 * @param range how far the rounds were apart
 * @param extra what else to know
 */
public record TrackedFigure(String name, double value, String unit, String range, String extra) {
  /** The unit of a ratio to another server, which can be compared with that of another machine. */
  static final String RATIO = "×";

  /** For each server and load: requests per second, and both ratios where there is a baseline. */
  public static List<TrackedFigure> of(Results results) {
    return Summary.of(results).stream().flatMap(it -> of(it, results.baseline())).toList();
  }

  private static Stream<TrackedFigure> of(Summary summary, String baseline) {
    TrackedFigure rate = figure(summary, " req/s", "req/s", summary.spread(Sample::perSecond));
    if (summary.server().equals(baseline)) {
      return Stream.of(rate);
    }
    var rateRatio =
        summary.rateRatio().map(it -> figure(summary, " req/s vs " + baseline, RATIO, it));
    var cpuRatio =
        summary
            .cpuRatio()
            .map(it -> new Spread(1 / it.median(), 1 / it.max(), 1 / it.min(), it.rounds()))
            .map(inverse -> figure(summary, " CPU efficiency vs " + baseline, RATIO, inverse));
    return Stream.of(Optional.of(rate), rateRatio, cpuRatio).flatMap(Optional::stream);
  }

  private static TrackedFigure figure(Summary summary, String what, String unit, Spread figure) {
    double scale = figure.median() >= 1_000 ? 1 : 10_000; // four digits are all that is certain
    return new TrackedFigure(
        summary.server() + " " + summary.load().label() + what,
        Math.round(figure.median() * scale) / scale,
        unit,
        Format.text("± %.1f %%", figure.relative() * 50),
        Format.text(
            "%d rounds, %.2f µs CPU per request, %d errors",
            figure.rounds(), summary.median(Sample::cpuMicros), summary.errors()));
  }
}
