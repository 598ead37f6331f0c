package dev.leantea.json;

import java.util.List;

/**
 * JSON text that does not fit: it is malformed, or something in it has another type than is read.
 * The message is in plain words, for the client that sent the text; the cause, which names Java
 * types, is for the developer.
 */
public final class JsonInputException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final transient List<Fault> faults;

  /**
   * One thing that is wrong.
   *
   * @param pointer where, as a JSON Pointer (RFC 6901): {@code /items/2/minutes}; empty when the
   *     whole text is wrong
   * @param reason what: {@code expected a whole number, got 3.7}
   */
  public record Fault(String pointer, String reason) {}

  JsonInputException(String field, List<Fault> faults, Throwable cause) {
    this(field, faults);
    initCause(cause);
  }

  JsonInputException(String field, List<Fault> faults) {
    super(faults.getFirst().reason());
    this.field = field;
    this.faults = List.copyOf(faults);
  }

  /** Where the first fault is, as {@code items[2].minutes}; empty when the whole of it is wrong. */
  public String field() {
    return field;
  }

  /** The first fault: {@code expected a whole number, got 3.7}. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** All faults that were found, one for a field, ten at most; there is at least one. */
  public List<Fault> faults() {
    return faults;
  }
}
