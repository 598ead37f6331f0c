package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Spread;
import dev.leantea.bench.harness.result.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a reader must know before believing the figures. */
public final class Doubts {
  private Doubts() {}

  /** One line each; empty when there are none. */
  public static List<String> of(Results results) {
    List<Summary> summaries = Summary.of(results);
    List<String> lines = new ArrayList<>();
    noise(summaries).ifPresent(lines::add);
    errors(summaries).forEach(lines::add);
    results.failures().forEach(line -> lines.add("failed: " + line));
    results.notes().forEach(line -> lines.add("note: " + line));
    return lines;
  }

  private static Optional<String> noise(List<Summary> summaries) {
    List<Spread> ratios = summaries.stream().flatMap(s -> s.cpuRatio().stream()).toList();
    long noisy = ratios.stream().filter(Spread::noisy).count();
    if (noisy == 0) {
      return Optional.empty();
    }
    double worst = ratios.stream().mapToDouble(Spread::relative).max().orElse(0);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "noisy: %d of %d CPU ratios (marked ~) were more than %.0f %% apart from round to"
                + " round, the worst %.0f %%; take them for no more than that",
            noisy,
            ratios.size(),
            Spread.LIMIT * 100,
            worst * 100));
  }

  private static Stream<String> errors(List<Summary> summaries) {
    return summaries.stream()
        .filter(summary -> summary.errors() > 0)
        .map(
            summary ->
                "errors: "
                    + summary.server()
                    + " at "
                    + summary.cell().label()
                    + ": "
                    + summary.errors());
  }
}
