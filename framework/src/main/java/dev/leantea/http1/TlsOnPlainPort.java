package dev.leantea.http1;

import dev.leantea.wire.OncePerMinute;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Logs that a client speaks TLS to a port that does not: a mistake of configuration, as a rule. At
 * most one line a minute for each server. Any thread.
 */
public final class TlsOnPlainPort {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** The first byte of a connection of TLS (RFC 8446 §5.1), which begins no request. */
  private static final byte HANDSHAKE = 22;

  private final OncePerMinute lines = new OncePerMinute();

  /**
   * Logs a line if it is due.
   *
   * @param first byte of what is no request
   */
  void check(byte first) {
    if (first == HANDSHAKE && lines.isDue()) {
      LOG.log(
          Level.WARNING,
          "a client speaks TLS to a port that is configured without: expected http:// in its URL,"
              + " or ServerConfig.withTls here");
    }
  }
}
