package dev.leantea.http;

import java.io.IOException;

/**
 * The client closed or reset the connection, or was disconnected: nobody is there to read an
 * answer. Thrown by what reads a request's body or writes a response's. Filters and exception
 * handlers do not see it as a response; it is not logged as an error.
 */
public final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message how the connection ended
   */
  public ClientGoneException(String message) {
    super(message);
  }
}
