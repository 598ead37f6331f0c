package dev.leantea.values;

import java.util.regex.Pattern;

/**
 * The notations of numbers. The JDK also accepts a plus sign, the digits of every script, {@code
 * NaN}, and {@code 1f}.
 */
final class Digits {
  /** Possessive: linear time for whatever text. At most four digits of an exponent. */
  private static final Pattern DECIMAL =
      Pattern.compile("-?+[0-9]++(\\.[0-9]++)?+([eE][-+]?+[0-9]{1,4}+)?+");

  private Digits() {}

  static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c != '-' || i > 0)) {
        throw new NumberFormatException();
      }
    }
    return text;
  }

  /**
   * A whole number.
   *
   * @throws OutOfRange when it is one, but too large or too small
   */
  static long inRange(String text, long min, long max) {
    String digits = whole(text);
    try {
      long value = Long.parseLong(digits);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      if (digits.isEmpty() || digits.equals("-")) {
        throw e;
      }
    }
    throw new OutOfRange("a whole number from " + min + " to " + max);
  }

  static String decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new NumberFormatException();
    }
    return text;
  }

  static double finite(String decimal) {
    double value = Double.parseDouble(decimal);
    if (Double.isInfinite(value)) {
      throw new NumberFormatException();
    }
    return value;
  }
}
