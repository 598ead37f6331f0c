package dev.leantea.json;

/**
 * JSON text that does not fit: it is malformed, or something in it has another type than is read.
 * The message is in plain words, for the client that sent the text; the cause, which names Java
 * types, is for the developer.
 */
public final class JsonInputException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  JsonInputException(String field, String message, Throwable cause) {
    super(message, cause);
    this.field = field;
  }

  JsonInputException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Where it is wrong, as {@code items[2].minutes}; empty when the whole of it is. */
  public String field() {
    return field;
  }

  /** What is wrong: {@code expected a whole number, got 3.7}. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
