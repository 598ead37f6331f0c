package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.server.ServerSpec;
import java.util.ArrayList;
import java.util.List;

/** Each backend beside the same backend of an older build, measured in the same rounds. */
final class BeforeAfter {
  private BeforeAfter() {}

  /** Without rows when the run had no older build. */
  static Table table(Results results) {
    List<List<String>> rows = new ArrayList<>();
    for (Load load : results.measuredLoads()) {
      for (String server : results.measuredServers()) {
        String before = server + ServerSpec.LeanTea.BEFORE;
        if (results.measuredServers().contains(before)) {
          Summary.of(results, before, server, load).map(BeforeAfter::row).ifPresent(rows::add);
        }
      }
    }
    return Table.of(2, "load,server,CPU to before,req/s to before,p99 to before,verdict", rows);
  }

  private static List<String> row(Summary summary) {
    return List.of(
        summary.load().label(),
        summary.server(),
        Format.ratio(summary.cpuRatio()),
        Format.ratio(summary.rateRatio()),
        Format.ratio(summary.ratio(Sample::p99Micros)),
        verdict(summary));
  }

  /** By CPU time and requests per second; a difference counts that is larger than the spread. */
  private static String verdict(Summary summary) {
    if (summary.samples().size() < 2) {
      return Format.NONE; // one round has no spread
    }
    double cpu = summary.cpuRatio().map(it -> excess(it, 1 - it.median())).orElse(0.0);
    double rate = summary.rateRatio().map(it -> excess(it, it.median() - 1)).orElse(0.0);
    return cpu < 0 || rate < 0 ? "WORSE" : cpu > 0 || rate > 0 ? "better" : "same";
  }

  private static double excess(Spread ratio, double gain) {
    return Math.abs(gain) > ratio.width() ? gain : 0;
  }
}
