package dev.leantea.server;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what nobody signals, on a thread that nobody interrupts. */
final class Waiting {
  private static final long MIN_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private Waiting() {}

  /**
   * Waits until a condition holds; looks at least a hundred times a second.
   *
   * @param deadline in {@link System#nanoTime}
   * @return whether it holds; false when the deadline has passed
   */
  static boolean until(long deadline, BooleanSupplier condition) {
    long pause = MIN_PAUSE_NANOS;
    while (!condition.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      sleep(Math.min(pause, left));
      pause = Math.min(2 * pause, MAX_PAUSE_NANOS);
    }
    return true;
  }

  private static void sleep(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      // the thread is ours, and an interrupt of it means nothing
    }
  }
}
