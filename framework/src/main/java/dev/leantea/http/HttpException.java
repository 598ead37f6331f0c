package dev.leantea.http;

/**
 * Ends a request with a status and a message that the client may read: {@code {"error": message}}.
 * Not logged, for it is an answer and not a fault.
 */
public final class HttpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status 400 to 599
   * @param message shown to the client
   */
  public HttpException(int status, String message) {
    super(message);
    this.status = Status.requireError(status);
  }

  /** As above, with a cause for the developer; the client does not see it. */
  public HttpException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = Status.requireError(status);
  }

  /** The status of the answer, 400 to 599. */
  public int status() {
    return status;
  }

  /** The message shown to the client. */
  public String reason() {
    String message = getMessage();
    return message == null ? Status.reason(status) : message;
  }
}
