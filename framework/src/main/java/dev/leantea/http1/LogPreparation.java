package dev.leantea.http1;

import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The first line that the JDK's log writes makes it read a file, the rules of time zones; if there
 * is no file descriptor left then, no line can ever be written, and the thread that tried ends. A
 * server meets just that when it runs out of descriptors in a flood. So the file is read at the
 * start, beside it, for it takes a few milliseconds.
 */
final class LogPreparation {
  private LogPreparation() {}

  static void start() {
    Thread.ofPlatform().name("leantea-log").daemon().start(LogPreparation::readTimeZones);
  }

  private static void readTimeZones() {
    if (ZonedDateTime.now(ZoneId.systemDefault()).getYear() < 1970) {
      System.getLogger("dev.leantea").log(System.Logger.Level.WARNING, "the clock is before 1970");
    }
  }
}
