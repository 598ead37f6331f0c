package dev.leantea.http1;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs that a client speaks TLS to a port that does not: a mistake of configuration, as a rule. At
 * most one line a minute for each server. Any thread.
 */
public final class TlsOnPlainPort {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** The first byte of a connection of TLS (RFC 8446 §5.1), which begins no request. */
  private static final byte HANDSHAKE = 22;

  private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** When the next line is due, in {@link System#nanoTime}. */
  private final AtomicLong next = new AtomicLong(System.nanoTime());

  /**
   * Logs a line if it is due.
   *
   * @param first byte of what is no request
   */
  void check(byte first) {
    if (first != HANDSHAKE) {
      return;
    }
    long now = System.nanoTime();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + PERIOD_NANOS)) {
      LOG.log(
          Level.WARNING,
          "a client speaks TLS to a port that is configured without: expected http:// in its URL,"
              + " or ServerConfig.withTls here");
    }
  }
}
