package dev.leantea.bench.harness.report;

import java.util.ArrayList;
import java.util.List;
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
      double here = ratio(Optional.of(summary));
      double there = ratio(Summary.of(second, second.baseline(), summary.server(), summary.load()));
      compared += here > 0 && there > 0 ? 1 : 0;
      if (here > 0 && there > 0 && Math.abs(here - there) > LIMIT * Math.min(here, there)) {
        String name = summary.server() + " at " + summary.load().label();
        lines.add(Format.text("%s: %.2f here, %.2f there", name, here, there));
      }
    }
    lines.addFirst(verdict(compared, lines.size(), second));
    return lines;
  }

  /** 0 without one. */
  private static double ratio(Optional<Summary> summary) {
    return summary.flatMap(Summary::cpuRatio).map(Spread::median).orElse(0.0);
  }

  private static String verdict(int compared, int differing, Results second) {
    String what = "CPU ratios of this run and of the one started " + second.started();
    if (compared == 0) {
      return "No " + what + " can be compared.";
    }
    return differing == 0
        ? Format.text("All %d %s agree within 10 %%.", compared, what)
        : Format.text("%d of %d %s do NOT agree within 10 %%:", differing, compared, what);
  }
}
