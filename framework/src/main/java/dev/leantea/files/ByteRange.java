package dev.leantea.files;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@code Range} field asks of a file (RFC 9110 §14.2). */
sealed interface ByteRange {
  /** All of it: there is no field, or one that is ignored. */
  record Whole() implements ByteRange {}

  /** One range. */
  record Part(long from, long length) implements ByteRange {}

  /** None of it lies in the file, or the field is malformed: 416. */
  record Unsatisfiable() implements ByteRange {}

  Pattern ONE = Pattern.compile("([0-9]*)-([0-9]*)");

  /** A number of so many digits fits a {@code long}. */
  int MAX_LONG_DIGITS = 18;

  /**
   * Reads the field's value for a file of this size, in bytes. Several ranges are ignored: RFC 9110
   * §14.2 allows it, and the whole file costs less than many small parts.
   */
  static ByteRange parse(String value, long size) {
    int equals = value.indexOf('=');
    if (equals < 0 || !value.substring(0, equals).strip().equalsIgnoreCase("bytes")) {
      return new Whole(); // RFC 9110 §14.2: an unknown unit is ignored
    }
    String ranges = value.substring(equals + 1).strip();
    if (ranges.indexOf(',') >= 0) {
      return new Whole();
    }
    Matcher range = ONE.matcher(ranges);
    return range.matches() ? one(range.group(1), range.group(2), size) : new Unsatisfiable();
  }

  private static ByteRange one(String first, String last, long size) {
    if (first.isEmpty()) {
      return last.isEmpty() ? new Unsatisfiable() : suffix(number(last), size);
    }
    long from = number(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
    return from >= size || to < from
        ? new Unsatisfiable()
        : new Part(from, Math.min(to, size - 1) - from + 1);
  }

  /** RFC 9110 §14.1.1: any number of digits. What no file reaches is as good as the largest. */
  private static long number(String digits) {
    int zeros = 0;
    while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
      zeros++;
    }
    boolean fits = digits.length() - zeros <= MAX_LONG_DIGITS;
    return fits ? Long.parseLong(digits, zeros, digits.length(), 10) : Long.MAX_VALUE;
  }

  /** RFC 9110 §14.1.2: the last bytes; all of them if there are fewer. */
  private static ByteRange suffix(long bytes, long size) {
    if (bytes == 0) {
      return new Unsatisfiable();
    }
    // Content-Range cannot say "none of nothing".
    return size == 0 ? new Whole() : new Part(Math.max(0, size - bytes), Math.min(bytes, size));
  }
}
