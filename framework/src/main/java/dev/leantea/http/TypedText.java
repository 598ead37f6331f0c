package dev.leantea.http;

import dev.leantea.values.TextReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Values of a request's path and query, read as a type. */
final class TypedText {
  private TypedText() {}

  static <T> Optional<T> query(Request request, String name, Class<T> type) {
    TextReader<T> reader = reader(type);
    return request
        .query(name)
        .flatMap(text -> present(text, type))
        .map(it -> read(reader, name, it));
  }

  static <T> List<T> queries(Request request, String name, Class<T> type) {
    TextReader<T> reader = reader(type);
    var values = new ArrayList<T>();
    for (String text : request.queries(name)) {
      present(text, type).ifPresent(it -> values.add(read(reader, name, it)));
    }
    return List.copyOf(values);
  }

  /** A wrong value in a path names a page that does not exist. */
  static <T> T path(Request request, String name, Class<T> type) {
    TextReader<T> reader = reader(type);
    String text = request.path(name);
    try {
      return reader.read(text);
    } catch (IllegalArgumentException e) {
      throw new HttpException(404, "not found", e);
    }
  }

  /** A field of a form that was left empty has no value, unless it is read as text. */
  private static <T> Optional<String> present(String text, Class<T> type) {
    if (type == String.class) {
      return Optional.of(text);
    }
    return Optional.of(text.strip()).filter(it -> !it.isEmpty());
  }

  private static <T> T read(TextReader<T> reader, String name, String text) {
    try {
      return reader.read(text);
    } catch (IllegalArgumentException e) {
      String fault = String.valueOf(e.getMessage());
      throw new HttpException(400, "query parameter " + name + ": " + fault, e).field(name, fault);
    }
  }

  private static <T> TextReader<T> reader(Class<T> type) {
    Arguments.require(type, "type");
    return TextReader.of(type)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "type: expected " + TextReader.SUPPORTED + ", got " + type.getName()));
  }
}
