package dev.leantea.http1;

import java.io.IOException;

/** The client closed or reset the connection, or was cut off. */
final class PeerGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  PeerGoneException(String message) {
    super(message);
  }
}
