package dev.leantea.tls.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The handshakes in progress of a server, and how many and how long there may be. Any thread. */
public final class Handshakes {
  private final int max;
  private final long nanos;
  private final AtomicInteger running = new AtomicInteger();

  /**
   * @param max how many may be in progress at the same time
   * @param time how long one may take, from the connection's start
   */
  public Handshakes(int max, Duration time) {
    this.max = max;
    this.nanos = time.toNanos();
  }

  long nanos() {
    return nanos;
  }

  /** The first byte of a handshake has come; false if there are too many. */
  boolean begin() {
    if (running.incrementAndGet() <= max) {
      return true;
    }
    end();
    return false;
  }

  void end() {
    running.decrementAndGet();
  }
}
