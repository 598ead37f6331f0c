package dev.leantea.typed;

/**
 * Converts between a value of an application's own type and its text in a URL, which is not
 * percent-encoded. Named by {@link Coded}; needs a constructor without arguments. Called by any
 * thread, and concurrently.
 *
 * @param <T> the type
 */
public interface Codec<T> {
  /**
   * Reads a value; the inverse of {@link #format}.
   *
   * @throws IllegalArgumentException (or {@link java.time.DateTimeException}) when the text is not
   *     such a value. In a query the answer is 400, whose message has the parameter's name and this
   *     exception's message; in a path it is 404
   */
  T parse(String text);

  /** The text of a value. */
  String format(T value);
}
