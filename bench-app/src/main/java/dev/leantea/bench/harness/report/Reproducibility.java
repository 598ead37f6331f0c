package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Spread;
import dev.leantea.bench.harness.result.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether two runs found the same. */
public final class Reproducibility {
  /** CPU ratios of two runs that are further apart do not agree. */
  private static final double LIMIT = 0.10;

  private Reproducibility() {}

  /** First how many ratios agree, then each one that differs. */
  public static List<String> of(Results first, Results second) {
    List<String> lines = new ArrayList<>();
    int compared = 0;
    for (Summary summary : Summary.of(first)) {
      Optional<Spread> own = summary.cpuRatio();
      Optional<Spread> other =
          Summary.of(second, second.baseline(), summary.server(), summary.load())
              .flatMap(Summary::cpuRatio);
      if (own.isPresent() && other.isPresent()) {
        compared++;
        double here = own.get().median();
        double there = other.get().median();
        if (Math.abs(here - there) > LIMIT * Math.min(here, there)) {
          lines.add(
              String.format(
                  Locale.ROOT,
                  "%s at %s: %.2f here, %.2f there",
                  summary.server(),
                  summary.load().label(),
                  here,
                  there));
        }
      }
    }
    lines.addFirst(verdict(compared, lines.size(), second));
    return lines;
  }

  private static String verdict(int compared, int differing, Results second) {
    String what = "CPU ratios of this run and of the one started " + second.started();
    if (compared == 0) {
      return "No " + what + " can be compared.";
    }
    String limit = String.format(Locale.ROOT, " within %.0f %%", LIMIT * 100);
    return differing == 0
        ? "All %d %s agree%s.".formatted(compared, what, limit)
        : "%d of %d %s do NOT agree%s:".formatted(differing, compared, what, limit);
  }
}
