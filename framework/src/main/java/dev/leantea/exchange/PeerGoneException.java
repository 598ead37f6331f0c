package dev.leantea.exchange;

import java.io.IOException;

/** The client closed or reset the connection, or was disconnected. */
final class PeerGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  PeerGoneException(String message) {
    super(message);
  }
}
