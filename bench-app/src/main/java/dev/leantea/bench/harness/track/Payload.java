package dev.leantea.bench.harness.track;

import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Spread;
import dev.leantea.bench.harness.result.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a run that are tracked. */
public final class Payload {
  private Payload() {}

  /** For each server and load: requests per second, and both ratios where there is a baseline. */
  public static List<Bench> of(Results results) {
    List<Bench> benches = new ArrayList<>();
    for (Summary summary : Summary.of(results)) {
      String name = summary.server() + " " + summary.cell().label();
      benches.add(bench(name + " req/s", summary.perSecond(), "req/s", summary));
      if (!summary.server().equals(results.baseline())) {
        ratios(name, results.baseline(), summary, benches);
      }
    }
    return benches;
  }

  private static void ratios(String name, String baseline, Summary summary, List<Bench> benches) {
    summary
        .rateRatio()
        .ifPresent(
            ratio ->
                benches.add(bench(name + " req/s vs " + baseline, ratio, Bench.RATIO, summary)));
    // The inverse, for larger must be better: how many times as much CPU time the baseline needs.
    summary
        .cpuRatio()
        .ifPresent(
            ratio ->
                benches.add(
                    bench(
                        name + " CPU efficiency vs " + baseline,
                        inverse(ratio),
                        Bench.RATIO,
                        summary)));
  }

  private static Spread inverse(Spread ratio) {
    return new Spread(1 / ratio.median(), 1 / ratio.max(), 1 / ratio.min(), ratio.rounds());
  }

  private static Bench bench(String name, Spread figure, String unit, Summary summary) {
    String range = String.format(Locale.ROOT, "± %.1f %%", figure.relative() * 50);
    String extra =
        String.format(
            Locale.ROOT,
            "%d rounds, %.2f µs CPU per request, %d errors",
            figure.rounds(),
            summary.cpuMicros().median(),
            summary.errors());
    return new Bench(name, rounded(figure.median()), unit, range, extra);
  }

  /** Four digits say all that a benchmark can. */
  private static double rounded(double value) {
    double scale = value >= 1_000 ? 1 : 10_000;
    return Math.round(value * scale) / scale;
  }
}
