package dev.leantea.tls.engine;

import java.io.IOException;

/**
 * TLS of a connection has failed, and the connection must be closed. Where the RFC wants a fatal
 * alert, the engine has written it to the wire before. The message is for a log line at DEBUG.
 */
public final class TlsException extends IOException {
  private static final long serialVersionUID = 1L;

  public TlsException(String message) {
    super(message);
  }

  public TlsException(String message, Throwable cause) {
    super(message, cause);
  }
}
