package dev.leantea.loop;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;

/**
 * The log of failures that must not end the thread that logs them. There may be no memory for the
 * line: then it is lost, and the caller goes on.
 */
public final class FailureLog {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private FailureLog() {}

  /** Loads and initializes the classes that a line with a stack needs. */
  public static void prepare() {
    var stack = new StringWriter();
    new Throwable("the log").printStackTrace(new PrintWriter(stack));
    var now = ZonedDateTime.now(ZoneId.systemDefault());
    Locale locale = Locale.getDefault(Locale.Category.FORMAT);
    String time = String.format(locale, "%1$tb %1$td, %1$tY %1$tl:%1$tM:%1$tS %1$Tp", now);
    LOG.log(Level.TRACE, time + " " + stack);
  }

  /**
   * Logs an error with its stack. Throws nothing. Any thread.
   *
   * @param who its text begins the line
   * @param what happened to it, and how it goes on
   */
  public static void error(Object who, String what, Throwable failure) {
    try {
      LOG.log(Level.ERROR, who + " " + what, failure);
    } catch (RuntimeException | Error _) {
      // There is no memory to report this either.
    }
  }

  /** Like {@link #error}, on a thread of its own: the caller must not wait for the log's locks. */
  static void errorElsewhere(Object who, String what, Throwable failure) {
    try {
      start(() -> error(who, what, failure));
    } catch (RuntimeException | Error _) {
      // There is no memory for a thread, and none to report it.
    }
  }

  /** Logs a warning on a thread of its own; may throw when there is no memory for that. */
  static void warningElsewhere(String line) {
    start(() -> LOG.log(Level.WARNING, line));
  }

  private static void start(Runnable log) {
    Thread.ofPlatform().daemon().name("leantea-log").start(log);
  }
}
