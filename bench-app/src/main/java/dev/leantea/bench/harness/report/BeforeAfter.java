package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.result.Cell;
import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Spread;
import dev.leantea.bench.harness.result.Summary;
import dev.leantea.bench.harness.server.ServerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Each backend beside the same backend of an older build, taken in the same rounds. */
final class BeforeAfter {
  private BeforeAfter() {}

  /** Empty when the run had no older build. */
  static Optional<Table> table(Results results) {
    List<String> header =
        List.of("load", "server", "CPU to before", "req/s to before", "p99 to before", "verdict");
    List<List<String>> rows = new ArrayList<>();
    for (Cell cell : results.cells()) {
      for (String server : results.names()) {
        String before = server + ServerSpec.LeanTea.BEFORE;
        if (results.names().contains(before)) {
          Summary.against(before, results, server, cell).map(BeforeAfter::row).ifPresent(rows::add);
        }
      }
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Table(2, header, rows));
  }

  private static List<String> row(Summary summary) {
    return List.of(
        summary.cell().label(),
        summary.server(),
        Figures.ratio(summary.cpuRatio()),
        Figures.ratio(summary.rateRatio()),
        Figures.ratio(summary.p99Ratio()),
        verdict(summary));
  }

  /** By CPU time and requests per second; a difference counts that is larger than the spread. */
  private static String verdict(Summary summary) {
    if (summary.perSecond().rounds() < 2) {
      return "–"; // one round has no spread
    }
    boolean worse =
        summary.cpuRatio().filter(cpu -> cpu.median() - 1 > width(cpu)).isPresent()
            || summary.rateRatio().filter(rate -> 1 - rate.median() > width(rate)).isPresent();
    boolean better =
        summary.cpuRatio().filter(cpu -> 1 - cpu.median() > width(cpu)).isPresent()
            || summary.rateRatio().filter(rate -> rate.median() - 1 > width(rate)).isPresent();
    return worse ? "WORSE" : better ? "better" : "same";
  }

  private static double width(Spread ratio) {
    return ratio.max() - ratio.min();
  }
}
