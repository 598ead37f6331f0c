package dev.leantea.bench.harness.run;

import java.io.PrintStream;
import java.time.Duration;

/** Prints how far the run is, a line for each step. One thread. */
final class Progress {
  private final PrintStream out;
  private final long startedNanos = System.nanoTime();
  private int total = 1;
  private int done;

  /** Usually on stderr: stdout holds the tables alone. */
  Progress(PrintStream out) {
    this.out = out;
  }

  /** Sets how many steps there are. */
  void expect(int steps) {
    total = Math.max(1, steps);
  }

  /** So many steps are left out. */
  void skip(int steps) {
    total = Math.max(Math.max(1, done), total - steps);
  }

  /** Prints that a step is done, and what came of it. */
  void step(String outcome) {
    done = Math.min(total, done + 1);
    long nanos = (System.nanoTime() - startedNanos) / done * (total - done);
    Duration left = Duration.ofNanos(nanos);
    out.printf(
        "[%d/%d, %d:%02d left] %s%n", done, total, left.toMinutes(), left.toSecondsPart(), outcome);
  }

  /** Prints what is going on, without a step done. */
  void say(String what) {
    out.println("bench: " + what);
  }
}
