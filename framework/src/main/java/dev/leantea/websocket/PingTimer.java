package dev.leantea.websocket;

import java.time.Duration;

/**
 * Decides, from the time passed in, when to ping a silent client and when to give it up:
 *
 * <pre>
 *  last byte ─── interval ──▶ PING ── interval ──▶ GIVE_UP
 *      ▲                       │ any byte of the client's
 *      └───────────────────────┘
 * </pre>
 *
 * <p>One thread.
 */
final class PingTimer {
  /** What to do about a client. */
  enum Action {
    WAIT,
    PING,
    GIVE_UP
  }

  private final long intervalNanos;
  private long since;
  private boolean asked;

  /**
   * @param interval zero for never
   * @param now in nanoseconds, as {@link System#nanoTime}
   */
  PingTimer(Duration interval, long now) {
    this.intervalNanos = interval.toNanos();
    this.since = now;
  }

  /** Bytes arrived. */
  void heard(long now) {
    since = now;
    asked = false;
  }

  /** What to do now. {@code PING} is returned once, and counts as done. */
  Action at(long now) {
    if (intervalNanos == 0 || now - since < intervalNanos) {
      return Action.WAIT;
    }
    if (asked) {
      return Action.GIVE_UP;
    }
    asked = true;
    since = now;
    return Action.PING;
  }
}
