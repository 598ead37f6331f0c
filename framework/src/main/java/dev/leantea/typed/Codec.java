package dev.leantea.typed;

/**
 * Goes between a value of an application's own type and its text in a URL, not percent-encoded.
 * Named by {@link Coded}; has a constructor without arguments. Called by any thread.
 *
 * @param <T> the type
 */
public interface Codec<T> {
  /**
   * Reads a value; the inverse of {@link #format}.
   *
   * @throws IllegalArgumentException (or {@link java.time.DateTimeException}) when the text is no
   *     such value. The client sees the message, behind the name of the query parameter; in a path
   *     the answer is a plain 404
   */
  T parse(String text);

  /** The text of a value. */
  String format(T value);
}
