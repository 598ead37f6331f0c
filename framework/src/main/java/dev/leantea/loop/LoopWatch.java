package dev.leantea.loop;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one event loop shows to the {@link Watchdog}: that its platform thread and the loop itself
 * make progress.
 *
 * <p>Two counters: odd is at work, even is at rest, and each piece of work has a number of its own.
 * The first is the platform thread's: it changes with each step of a virtual thread and with all
 * that the loop takes up. The second is the loop's alone: it stays odd while the loop waits for a
 * lock in the middle of its work, though its platform thread runs others meanwhile. A loop that
 * waits for events, or for its turn, is at rest.
 *
 * <p>The loop writes, the watchdog reads a little later: opaque access is enough, and costs what a
 * plain one does. No clock is read here.
 */
public final class LoopWatch {
  private final AtomicLong platformThread = new AtomicLong();
  private final AtomicLong loop = new AtomicLong();

  /** The number of the piece of work that was seen to hold the platform thread; 0 for none. */
  private final AtomicLong held = new AtomicLong();

  LoopWatch() {}

  /** Something new begins, which may take long. The loop's thread. */
  public void beat() {
    begin(loop);
    begin(platformThread);
  }

  /** The loop waits for events, or for its turn. The loop's thread. */
  public void rest() {
    end(loop);
    end(platformThread);
  }

  /**
   * Whether what the loop is doing was seen to hold its platform thread. True once for each piece
   * of work. The loop's thread, before it takes up the next one.
   */
  public boolean takeHeld() {
    long seen = held.getOpaque();
    if (seen == 0 || seen != platformThread.getPlain()) {
      return false;
    }
    held.setOpaque(0);
    return true;
  }

  /** The piece of work holds the platform thread. The watchdog's thread. */
  void markHeld(long count) {
    held.setOpaque(count);
  }

  /** A step of a virtual thread begins. The platform thread. */
  void stepBegins() {
    begin(platformThread);
  }

  /** The virtual thread waits, or has ended. The platform thread. */
  void stepEnds() {
    end(platformThread);
  }

  private static void begin(AtomicLong counter) {
    counter.setOpaque((counter.getPlain() + 1) | 1);
  }

  private static void end(AtomicLong counter) {
    counter.setOpaque((counter.getPlain() | 1) + 1);
  }

  /** The platform thread's counter. Any thread. */
  long platformThread() {
    return platformThread.getOpaque();
  }

  /** The loop's counter. Any thread. */
  long loop() {
    return loop.getOpaque();
  }

  /** Whether that is the number of a piece of work. */
  static boolean isAtWork(long count) {
    return (count & 1) == 1;
  }
}
