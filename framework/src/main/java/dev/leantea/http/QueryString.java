package dev.leantea.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code name=value&name=value}, decoded by the rules of forms: {@code +} is a space. In one pass:
 * a look-up takes time in proportion to the query's length.
 */
final class QueryString {
  private QueryString() {}

  static Optional<String> first(CharSequence query, String name) {
    List<String> values = collect(query, name, 1);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  static List<String> all(CharSequence query, String name) {
    return List.copyOf(collect(query, name, Integer.MAX_VALUE));
  }

  private static List<String> collect(CharSequence query, String name, int max) {
    var values = new ArrayList<String>(2);
    int start = 0;
    int equals = -1;
    for (int i = 0; i <= query.length() && values.size() < max; i++) {
      char c = i < query.length() ? query.charAt(i) : '&';
      if (c == '=' && equals < 0) {
        equals = i;
      } else if (c == '&') {
        int nameEnd = equals < 0 ? i : equals;
        if (i > start && decode(name, query.subSequence(start, nameEnd)).equals(name)) {
          values.add(decode(name, query.subSequence(Math.min(nameEnd + 1, i), i)));
        }
        start = i + 1;
        equals = -1;
      }
    }
    return values;
  }

  private static String decode(String name, CharSequence text) {
    try {
      return PercentEncoding.decodeForm(text.toString());
    } catch (IllegalArgumentException e) {
      throw new HttpException(400, "query parameter " + name + ": " + e.getMessage(), e);
    }
  }
}
