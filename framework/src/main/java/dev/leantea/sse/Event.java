package dev.leantea.sse;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One event, as lines of the stream:
 *
 * <pre>
 *  : comment
 *  event: name
 *  id: 42
 *  retry: 3000
 *  data: first line
 *  data: second line
 *
 * </pre>
 *
 * <p>Immutable; any thread.
 *
 * @param lines the lines without the empty one that ends it
 */
public record Event(List<Line> lines) {
  /** One line; a comment's name is empty. */
  record Line(String name, String value) {}

  /** No lines yet: a client ignores it. */
  public static final Event EMPTY = new Event(List.of());

  public Event {
    lines = List.copyOf(lines);
  }

  /** An event that carries text; a line break of any kind begins a new {@code data} line. */
  public static Event of(String data) {
    return EMPTY.data(data);
  }

  /** A line that clients ignore. It must have no line break. */
  public static Event ofComment(String text) {
    return EMPTY.comment(text);
  }

  /**
   * The name that the page listens for; {@code message} when there is none.
   *
   * @throws IllegalArgumentException when it has a line break or NUL
   */
  public Event event(String name) {
    return with("event", requireLine("event", name));
  }

  /**
   * What the client sends as {@code Last-Event-ID} when it connects again.
   *
   * @throws IllegalArgumentException when it has a line break, or NUL, which clients refuse
   */
  public Event id(String id) {
    return with("id", requireLine("id", id));
  }

  /** The text; a line break of any kind begins a new {@code data} line. */
  public Event data(String text) {
    var more = new ArrayList<>(lines);
    // CR, LF and CRLF each end a line for the client; -1 keeps the empty lines at the end.
    for (String line : text.split("\r\n|\r|\n", -1)) {
      more.add(new Line("data", line));
    }
    return new Event(more);
  }

  /** How long the client waits before it connects again; whole milliseconds. */
  public Event retry(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("retry: expected 0 or more, got " + time);
    }
    return with("retry", Long.toString(time.toMillis()));
  }

  /**
   * A line that clients ignore.
   *
   * @throws IllegalArgumentException when it has a line break or NUL
   */
  public Event comment(String text) {
    return with("", requireLine("comment", text));
  }

  private Event with(String name, String value) {
    var more = new ArrayList<>(lines);
    more.add(new Line(name, value));
    return new Event(more);
  }

  private static String requireLine(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\r' || c == '\n' || c == '\0') {
        throw new IllegalArgumentException(
            name
                + ": expected neither line breaks nor NUL, got U+000"
                + Integer.toHexString(c).toUpperCase(Locale.ROOT)
                + " at "
                + i);
      }
    }
    return value;
  }

  /** The bytes of the stream, in UTF-8, with the empty line. */
  byte[] encode() {
    var text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.name()).append(": ").append(line.value()).append('\n');
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }
}
