package dev.leantea.http;

import java.io.IOException;

/**
 * The request's body cannot be read, and the client is to blame: it is malformed, was cut off, or
 * did not come in time. Thrown by {@link Request#bytes} and by reads of {@link Request#stream}. The
 * client gets the status, and the connection ends, for the next request cannot be found. Not logged
 * as an error.
 */
public final class RequestBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status 400 to 599
   * @param message shown to the client
   */
  public RequestBodyException(int status, String message) {
    super(message);
    this.status = Status.requireError(status);
  }

  /** The status of the answer. */
  public int status() {
    return status;
  }

  /** The message shown to the client. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
