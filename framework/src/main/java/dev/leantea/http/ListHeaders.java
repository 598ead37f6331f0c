package dev.leantea.http;

import java.util.ArrayList;
import java.util.Arrays;

/** Headers made in code. */
final class ListHeaders implements Headers {
  static final ListHeaders EMPTY = new ListHeaders(new Field[0]);

  private final Field[] lines;

  ListHeaders(Field[] lines) {
    this.lines = lines;
  }

  static ListHeaders append(Headers headers, Field line) {
    int size = headers.size();
    Field[] lines = Arrays.copyOf(lines(headers), size + 1);
    lines[size] = line;
    return new ListHeaders(lines);
  }

  static ListHeaders replace(Headers headers, Field line) {
    int size = headers.size();
    int at = 0;
    while (at < size && !headers.named(at, line.name())) {
      at++;
    }
    if (at == size) {
      return append(headers, line);
    }
    var lines = new ArrayList<Field>(size);
    for (int i = 0; i < size; i++) {
      if (i == at) {
        lines.add(line);
      } else if (!headers.named(i, line.name())) {
        lines.add(new Field(headers.name(i), headers.value(i)));
      }
    }
    return new ListHeaders(lines.toArray(Field[]::new));
  }

  /** The lines, and those of the others whose names they do not have. */
  static Headers complete(Headers headers, Headers others) {
    int size = headers.size();
    Field[] added = lines(others);
    Field[] lines = Arrays.copyOf(lines(headers), size + added.length);
    int next = size;
    for (Field line : added) {
      if (!headers.contains(line.name())) {
        lines[next++] = line;
      }
    }
    if (next == size) {
      return headers;
    }
    return new ListHeaders(next == lines.length ? lines : Arrays.copyOf(lines, next));
  }

  /** Not to be changed. */
  private static Field[] lines(Headers headers) {
    return headers instanceof ListHeaders list ? list.lines : copy(headers);
  }

  static ListHeaders remove(Headers headers, String name) {
    return new ListHeaders(
        Arrays.stream(copy(headers))
            .filter(line -> !line.name().equalsIgnoreCase(name))
            .toArray(Field[]::new));
  }

  private static Field[] copy(Headers headers) {
    var lines = new Field[headers.size()];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = new Field(headers.name(i), headers.value(i));
    }
    return lines;
  }

  @Override
  public int size() {
    return lines.length;
  }

  @Override
  public String name(int index) {
    return lines[index].name();
  }

  @Override
  public String value(int index) {
    return lines[index].value();
  }

  @Override
  public String toString() {
    return Arrays.toString(lines);
  }
}
