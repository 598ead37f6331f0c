package dev.leantea.bench.soak;

import dev.leantea.bench.harness.BenchException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench soak}: see CONTRIBUTING.md. */
@Command(
    name = "soak",
    showDefaultValues = true,
    description = {
      "Runs a server with all kinds of clients at once, in this JVM.",
      "Exit status 1, and one line for each finding, unless all is served, nothing was logged as an"
          + " error, and descriptors, threads and heap are at the end what they were after a minute."
    })
public final class SoakCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--backend", paramLabel = "SPEC", description = "As serve takes it.")
  private String backend = "reactor";

  @Option(names = "--minutes", description = "2 or more.")
  private int minutes = 15;

  @Option(names = "--rounds", description = "Of each client, twice, in place of minutes.")
  private int rounds;

  SoakCommand() {}

  @Override
  public Integer call() throws IOException {
    if (rounds > 0) {
      return run(i -> i < rounds, i -> i < rounds);
    }
    if (minutes < 2) {
      throw new BenchException("--minutes: expected 2 or more, got " + minutes);
    }
    return run(until(1), until(minutes));
  }

  private static IntPredicate until(int minute) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minute);
    return _ -> System.nanoTime() - end < 0;
  }

  private int run(IntPredicate first, IntPredicate rest) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    var soak = new Soak(backend);
    try (soak) {
      Figures before = soak.phase(first);
      out.println("after the first phase: " + before);
      Figures after = soak.phase(rest);
      out.println("at the end: " + after);
      after.growthSince(before).forEach(soak.findings()::add);
    }
    soak.findings().forEach(line -> out.println("finding: " + line));
    out.println(backend + ": " + soak.findings().size() + " findings");
    return soak.findings().isEmpty() ? 0 : 1;
  }
}
