package dev.leantea.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code Cookie} fields (RFC 6265 §4.2, §5.4): {@code name=value; name="value"}. What is
 * malformed is skipped, for cookies of other applications of the same host come along. In one pass
 * over the field.
 */
final class RequestCookies {
  private RequestCookies() {}

  static Optional<String> first(Headers headers, String name) {
    for (CookiePair pair : all(headers)) {
      if (pair.name().equals(name)) {
        return Optional.of(pair.value());
      }
    }
    return Optional.empty();
  }

  static List<CookiePair> all(Headers headers) {
    var pairs = new ArrayList<CookiePair>();
    for (int i = 0, size = headers.size(); i < size; i++) {
      if (headers.named(i, "Cookie")) {
        read(headers.value(i), pairs);
      }
    }
    return List.copyOf(pairs);
  }

  static void read(CharSequence field, List<CookiePair> pairs) {
    int start = 0;
    int equals = -1;
    for (int i = 0; i <= field.length(); i++) {
      char c = i < field.length() ? field.charAt(i) : ';';
      if (c == '=' && equals < 0) {
        equals = i;
      } else if (c == ';') {
        if (equals > start) {
          add(
              field.subSequence(start, equals).toString().strip(),
              field.subSequence(equals + 1, i).toString().strip(),
              pairs);
        }
        start = i + 1;
        equals = -1;
      }
    }
  }

  private static void add(String name, String value, List<CookiePair> pairs) {
    if (!name.isEmpty()) {
      boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
      pairs.add(new CookiePair(name, quoted ? value.substring(1, value.length() - 1) : value));
    }
  }
}
