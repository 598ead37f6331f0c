package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether two runs found the same. */
public final class Agreement {
  /** CPU ratios of two runs that are further apart do not agree. */
  private static final double LIMIT = 0.10;

  private Agreement() {}

  /** What there is to say: first the verdict, then each ratio that differs. */
  public static List<String> of(Results first, Results second) {
    List<String> differing = new ArrayList<>();
    int compared = 0;
    for (Summary summary : Summary.of(first)) {
      Optional<Double> other = ratio(second, summary);
      if (other.isPresent() && summary.cpuRatio().isPresent()) {
        compared++;
        double own = summary.cpuRatio().get().median();
        if (Math.abs(own - other.get()) > LIMIT * Math.min(own, other.get())) {
          differing.add(line(summary, own, other.get()));
        }
      }
    }
    List<String> lines = new ArrayList<>(List.of(verdict(compared, differing.size(), second)));
    lines.addAll(differing);
    return lines;
  }

  private static Optional<Double> ratio(Results results, Summary summary) {
    return Summary.of(results, summary.server(), summary.cell())
        .flatMap(Summary::cpuRatio)
        .map(spread -> spread.median());
  }

  private static String line(Summary summary, double own, double other) {
    return String.format(
        Locale.ROOT,
        "%s at %s: %.2f here, %.2f there",
        summary.server(),
        summary.cell().label(),
        own,
        other);
  }

  private static String verdict(int compared, int differing, Results second) {
    String where = " CPU ratios of this run and of the one started " + second.started();
    if (compared == 0) {
      return "No" + where + " can be compared.";
    }
    String limit = String.format(Locale.ROOT, " within %.0f %%", LIMIT * 100);
    return differing == 0
        ? "All " + compared + where + " agree" + limit + "."
        : differing + " of " + compared + where + " do NOT agree" + limit + ":";
  }
}
