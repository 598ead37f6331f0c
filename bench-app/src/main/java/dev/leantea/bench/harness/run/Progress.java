package dev.leantea.bench.harness.run;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Tells how far the run is: one line that is rewritten on a terminal, plain lines elsewhere. One
 * owner thread.
 */
public final class Progress {
  private static final String REWRITE = "\r\u001b[K";
  private static final int BAR_WIDTH = 20;
  private static final int LINE_MAX = 110;

  private final PrintStream out;
  private final boolean terminal;
  private final long startedNanos = System.nanoTime();
  private int total = 1;
  private int done;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** On stderr, so that stdout holds the table alone. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 gives null again when there is no terminal
  public static Progress onStderr() {
    Console console = System.console();
    return new Progress(System.err, console != null && console.isTerminal());
  }

  /** Sets how many steps there will be. */
  public void expect(int steps) {
    total = Math.max(1, steps);
  }

  /** So many steps will not be taken. */
  public void skip(int steps) {
    total = Math.max(Math.max(1, done), total - steps);
  }

  /** What is going on now, without a step done. */
  public void now(String what) {
    if (terminal) {
      out.print(REWRITE + shortened(bar() + " " + what));
      out.flush();
    }
  }

  /** A step was done, with its outcome. */
  public void step(String what) {
    done = Math.min(total, done + 1);
    if (terminal) {
      now(what);
    } else {
      out.println("[" + done + "/" + total + "] " + what);
    }
  }

  /** A line that stays. */
  public void say(String line) {
    out.println((terminal ? REWRITE : "") + line);
  }

  /** Takes the rewritten line away. */
  public void end() {
    if (terminal) {
      out.print(REWRITE);
      out.flush();
    }
  }

  private String bar() {
    int filled = BAR_WIDTH * done / total;
    String share = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
    return share + " " + done + "/" + total + remaining();
  }

  private String remaining() {
    if (done == 0) {
      return "";
    }
    long nanos = (System.nanoTime() - startedNanos) / done * (total - done);
    Duration left = Duration.ofNanos(nanos);
    return " %d:%02d left".formatted(left.toMinutes(), left.toSecondsPart());
  }

  private static String shortened(String line) {
    return line.length() <= LINE_MAX ? line : line.substring(0, LINE_MAX - 1) + "…";
  }
}
