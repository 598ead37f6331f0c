package dev.leantea.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * {@code name=value&name=value}, decoded by the rules of forms: {@code +} is a space. In one pass:
 * a look-up takes time in proportion to the query's length.
 */
final class QueryString {
  /** In the digits of ASCII: {@link Long#parseLong} takes those of other scripts too. */
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

  private QueryString() {}

  static Optional<String> first(CharSequence query, String name) {
    List<String> values = collect(query, name, 1);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  static List<String> all(CharSequence query, String name) {
    return List.copyOf(collect(query, name, Integer.MAX_VALUE));
  }

  static OptionalInt firstInt(CharSequence query, String name) {
    OptionalLong value = firstLong(query, name);
    if (value.isPresent() && (int) value.getAsLong() != value.getAsLong()) {
      throw noNumber(name, Long.toString(value.getAsLong()));
    }
    return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
  }

  static OptionalLong firstLong(CharSequence query, String name) {
    Optional<String> text = first(query, name).map(String::strip).filter(it -> !it.isEmpty());
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!WHOLE_NUMBER.matcher(text.get()).matches()) {
      throw noNumber(name, text.get());
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException e) {
      throw noNumber(name, text.get());
    }
  }

  private static HttpException noNumber(String name, String value) {
    String fault = "expected a whole number, got " + Characters.quote(value);
    return HttpException.of(400, "query parameter " + name + ": " + fault).field(name, fault);
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
