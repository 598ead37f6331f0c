package dev.leantea.bench.harness.report;

import java.util.ArrayList;
import java.util.List;

/** What makes the figures of a run less reliable or incomplete. */
final class Warnings {
  private Warnings() {}

  /** One line each; empty when there are none. */
  static List<String> of(Results results) {
    List<Summary> summaries = Summary.of(results);
    List<String> lines = new ArrayList<>(noise(summaries));
    for (Summary summary : summaries) {
      if (summary.errors() > 0) {
        lines.add(
            Format.text(
                "errors: %s at %s: %d",
                summary.server(), summary.load().label(), summary.errors()));
      }
    }
    results.failures().forEach(line -> lines.add("failed: " + line));
    results.notes().forEach(line -> lines.add("note: " + line));
    return lines;
  }

  private static List<String> noise(List<Summary> summaries) {
    List<Spread> ratios = summaries.stream().flatMap(it -> it.cpuRatio().stream()).toList();
    long noisy = ratios.stream().filter(Spread::noisy).count();
    double worst = ratios.stream().mapToDouble(Spread::relative).max().orElse(0) * 100;
    double limit = Spread.NOISE_LIMIT * 100;
    return noisy == 0
        ? List.of()
        : List.of(
            Format.text(
                "noisy: in %d of %d CPU ratios (marked ~) the rounds differ by more than %.0f %%, at most"
                    + " by %.0f %%",
                noisy, ratios.size(), limit, worst));
  }
}
