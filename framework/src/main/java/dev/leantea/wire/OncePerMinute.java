package dev.leantea.wire;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Limits a line of the log that clients can provoke to one a minute. Any thread. */
public final class OncePerMinute {
  private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** When the next line is due, in {@link System#nanoTime}. */
  private final AtomicLong next = new AtomicLong(System.nanoTime());

  /** Whether a line is due now; the next one is then due in a minute. */
  public boolean isDue() {
    long now = System.nanoTime();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + PERIOD_NANOS);
  }
}
