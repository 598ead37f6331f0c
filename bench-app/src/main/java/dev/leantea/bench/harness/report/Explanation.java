package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.result.Machine;
import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Spread;
import java.util.List;
import java.util.Locale;

/** The words around the figures. */
final class Explanation {
  private static final double GIB = 1024.0 * 1024 * 1024;

  private Explanation() {}

  /** Where and when. */
  static List<String> circumstances(Results results) {
    Machine machine = results.machine();
    return List.of(
        String.format(
            Locale.ROOT,
            "%s, %d cores, %.0f GiB; %s, kernel %s; load average before the run %.2f",
            machine.cpu(),
            machine.cores(),
            machine.memoryBytes() / GIB,
            machine.os(),
            machine.kernel(),
            machine.loadAverage()),
        "JDK: " + machine.jdk(),
        "commit "
            + machine.commit()
            + ", started "
            + results.started()
            + ", took "
            + Math.round(results.seconds())
            + " s",
        "command: " + String.join(" ", results.commandLine()));
  }

  /** How to read the figures. */
  static List<String> reading(Results results) {
    String baseline = results.baseline();
    return List.of(
        "CPU µs/req is user and system time of the server's whole process tree, divided by the"
            + " requests it answered. It is what a request costs, however fast wrk asks.",
        "Ratios are taken round by round against "
            + baseline
            + " in the same round, and the median"
            + " over the rounds is shown, with the smallest and the largest. Below 1 in CPU is"
            + " cheaper than "
            + baseline
            + "; above 1 in req/s is faster.",
        String.format(
            Locale.ROOT,
            "A figure with ~ was more than %.0f %% apart from round to round: the machine was too"
                + " noisy for it.",
            Spread.LIMIT * 100),
        "Loads without a word run the server on one core and wrk on others; there, req/s is often"
            + " wrk's own limit. Unpinned loads share all cores: there, req/s is what the machine"
            + " gives.",
        "cN is N keep-alive connections; ×N is N requests sent before an answer is awaited (latency"
            + " is then that of the batch).",
        "Compare ratios between machines, never req/s.");
  }
}
