package dev.leantea.http2;

import java.io.IOException;

/**
 * A field block that cannot be decoded. The dynamic table is out of step from then on, so that the
 * connection ends with COMPRESSION_ERROR (RFC 9113 §4.3).
 */
final class HpackException extends IOException {
  private static final long serialVersionUID = 1L;

  HpackException(String message) {
    super(message);
  }

  /** Without a stack trace: an attacker can cause many, and the message is sufficient. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
