package dev.leantea.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code name=value&name=value}, decoded by the rules of forms: {@code +} is a space. */
final class QueryString {
  private QueryString() {}

  static Optional<String> first(String query, String name) {
    List<String> values = collect(query, name, 1);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  static List<String> all(String query, String name) {
    return List.copyOf(collect(query, name, Integer.MAX_VALUE));
  }

  private static List<String> collect(String query, String name, int most) {
    var values = new ArrayList<String>(2);
    for (int start = 0; start < query.length() && values.size() < most; ) {
      int ampersand = query.indexOf('&', start);
      int end = ampersand < 0 ? query.length() : ampersand;
      int equals = query.indexOf('=', start);
      int nameEnd = equals < 0 || equals > end ? end : equals;
      if (decode(name, query.substring(start, nameEnd)).equals(name)) {
        values.add(decode(name, query.substring(Math.min(nameEnd + 1, end), end)));
      }
      start = end + 1;
    }
    return values;
  }

  private static String decode(String name, String text) {
    try {
      return PercentEncoding.decodeForm(text);
    } catch (IllegalArgumentException e) {
      throw new HttpException(400, "query parameter " + name + ": " + e.getMessage(), e);
    }
  }
}
