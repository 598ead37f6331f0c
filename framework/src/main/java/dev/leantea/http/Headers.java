package dev.leantea.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The field lines of a message: an ordered multi-map with case-insensitive names (RFC 9110 §5).
 * Lines are never merged and never split at commas; what was received is what is seen.
 *
 * <p>Immutable; any thread.
 */
public interface Headers extends Iterable<Headers.Field> {
  /**
   * One field line.
   *
   * @param name as it was written
   * @param value without the white space around it
   */
  record Field(String name, String value) {
    public Field {
      requireName(name);
      requireValue(name, value);
    }

    @Override
    public String toString() {
      return name + ": " + value;
    }
  }

  /** The number of field lines. */
  int size();

  /** The name in line {@code index}, as it was written. */
  String name(int index);

  /** The value in line {@code index}. */
  String value(int index);

  /** Whether line {@code index} has this name, in any case. */
  default boolean named(int index, String name) {
    return name(index).equalsIgnoreCase(name);
  }

  /** The value of the first line with this name. */
  default Optional<String> first(String name) {
    for (int i = 0, size = size(); i < size; i++) {
      if (named(i, name)) {
        return Optional.of(value(i));
      }
    }
    return Optional.empty();
  }

  /** The values of all lines with this name, in order; empty if there is none. */
  default List<String> all(String name) {
    var values = new ArrayList<String>(2);
    for (int i = 0, size = size(); i < size; i++) {
      if (named(i, name)) {
        values.add(value(i));
      }
    }
    return List.copyOf(values);
  }

  /**
   * The elements of a comma-separated list, over all lines with this name, in order and without
   * empty ones (RFC 9110 §5.6.1). For fields without quoted strings, such as {@code Connection} and
   * {@code Upgrade}.
   */
  default List<String> elements(String name) {
    return all(name).stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip)
        .filter(element -> !element.isEmpty())
        .toList();
  }

  /** Whether there is a line with this name. */
  default boolean contains(String name) {
    for (int i = 0, size = size(); i < size; i++) {
      if (named(i, name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * These lines with one of this name: it takes the place of the first of them, and the others are
   * removed; without one it is added at the end.
   */
  default Headers with(String name, String value) {
    return ListHeaders.replace(this, new Field(name, value));
  }

  /** These lines and one more at the end, whether or not there is one of this name. */
  default Headers withAdded(String name, String value) {
    return ListHeaders.append(this, new Field(name, value));
  }

  /** These lines without those of this name. */
  default Headers without(String name) {
    return ListHeaders.remove(this, name);
  }

  @Override
  default Iterator<Field> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size();
      }

      @Override
      public Field next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no field line " + next);
        }
        return new Field(name(next), value(next++));
      }
    };
  }

  /** No lines. */
  static Headers empty() {
    return ListHeaders.EMPTY;
  }

  /** One line. */
  static Headers of(String name, String value) {
    return ListHeaders.EMPTY.with(name, value);
  }

  /** The given lines, in order. */
  static Headers of(List<Field> lines) {
    return new ListHeaders(lines.toArray(Field[]::new));
  }

  /**
   * Returns the name if it is a token (RFC 9110 §5.1).
   *
   * @throws IllegalArgumentException otherwise: a bad name could split the message
   */
  static String requireName(String name) {
    if (!Characters.isToken(Arguments.require(name, "header name"))) {
      throw new IllegalArgumentException(
          "header name: expected a token (RFC 9110 §5.6.2), got " + Characters.quote(name));
    }
    return name;
  }

  /**
   * Returns the value if it may stand in a field line (RFC 9110 §5.5): no controls but HTAB, no
   * character above U+00FF.
   *
   * @throws IllegalArgumentException otherwise: a line break could split the message
   */
  static String requireValue(String name, String value) {
    Arguments.require(value, "header value");
    for (int i = 0; i < value.length(); i++) {
      if (!Characters.isFieldValue(value.charAt(i))) {
        throw new IllegalArgumentException(
            "header %s: expected visible Latin-1 characters, spaces and tabs, got U+%04X at %s of "
                    .formatted(name, (int) value.charAt(i), i)
                + Characters.quote(value));
      }
    }
    return value;
  }
}
