package dev.leantea.bench.harness;

import picocli.CommandLine;

/** Starts the harness alone, for tests that need it in a process of its own. */
public final class HarnessMain {
  private HarnessMain() {}

  /** The arguments of {@code bench}. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchCommand()).execute(arguments));
  }
}
