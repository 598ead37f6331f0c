package dev.leantea.http;

/** A weight (RFC 9110 §12.4.2), in thousandths. */
final class Weight {
  static final int MAX = 1000;

  private Weight() {}

  /** The weight of a parameter {@code q}: 1000 without one, 0 for a malformed one. */
  static int of(String parameter) {
    if (parameter.isEmpty()) {
      return MAX;
    }
    if (parameter.length() > "0.123".length()
        || (parameter.length() > 1 && parameter.charAt(1) != '.')) {
      return 0;
    }
    int weight = 0;
    int scale = MAX;
    for (int i = 0; i < parameter.length(); i += i == 0 ? 2 : 1) { // skips the point
      char c = parameter.charAt(i);
      if (c < '0' || c > '9') {
        return 0;
      }
      weight += (c - '0') * scale;
      scale /= 10;
    }
    return weight > MAX ? 0 : weight;
  }
}
