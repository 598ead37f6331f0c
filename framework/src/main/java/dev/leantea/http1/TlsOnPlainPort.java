package dev.leantea.http1;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs that a client speaks TLS to a port that does not: a mistake of configuration, as a rule. At
 * most one line a minute, in the whole JVM. Any thread.
 */
final class TlsOnPlainPort {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** The first byte of a connection of TLS (RFC 8446 §5.1), which begins no request. */
  private static final byte HANDSHAKE = 22;

  private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final AtomicLong NEXT = new AtomicLong(System.nanoTime());

  private TlsOnPlainPort() {}

  /**
   * Logs a line if it is due.
   *
   * @param first byte of what is no request
   */
  static void check(byte first) {
    if (first != HANDSHAKE) {
      return;
    }
    long now = System.nanoTime();
    long next = NEXT.get();
    if (now - next >= 0 && NEXT.compareAndSet(next, now + PERIOD_NANOS)) {
      LOG.log(
          Level.WARNING,
          "a client speaks TLS to a port that is configured without: expected http:// in its URL,"
              + " or ServerConfig.withTls here");
    }
  }
}
