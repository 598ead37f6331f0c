package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of all commands that measure loads of their own. */
final class LoadOptions extends RunOptions {
  @Option(names = "--rounds", description = "Of every load.")
  private int rounds = 5;

  @Option(names = "--seconds", description = "Of every round.")
  private int seconds = 3;

  @Option(names = "--warm-up", description = "Seconds, of each server.")
  private int warmUp;

  LoadOptions(int warmUp) {
    this.warmUp = warmUp;
  }

  LoadRun run(List<Load> loads, Servers servers) {
    return new LoadRun(new LoadPlan(loads, rounds, seconds, warmUp), servers, wrk(servers));
  }
}
