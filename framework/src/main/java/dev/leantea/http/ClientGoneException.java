package dev.leantea.http;

import java.io.IOException;

/**
 * The client closed or reset the connection, or was disconnected: nobody is there to read an
 * answer. Thrown by what reads a request's body or writes a response's. Filters and exception
 * handlers do not see it as a response, and it is logged at DEBUG, not as an error; so is any
 * exception that has it among its causes.
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
