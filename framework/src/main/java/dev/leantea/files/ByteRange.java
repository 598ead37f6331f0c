package dev.leantea.files;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@code Range} field asks of a file (RFC 9110 §14.2). */
sealed interface ByteRange {
  /** All of it: there is no field, or one that may be passed over. */
  record Whole() implements ByteRange {}

  /** One range. */
  record Part(long from, long length) implements ByteRange {}

  /** None of it lies in the file, or the field is malformed. */
  record Unsatisfiable() implements ByteRange {}

  Pattern ONE = Pattern.compile("(\\d{0,18})-(\\d{0,18})");

  /**
   * Reads the field's value for a file of this size. Of several ranges all are passed over: RFC
   * 9110 §14.2 allows it, and a part of everything costs less than many small ones.
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
      return last.isEmpty() ? new Unsatisfiable() : suffix(Long.parseLong(last), size);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    return from >= size || to < from
        ? new Unsatisfiable()
        : new Part(from, Math.min(to, size - 1) - from + 1);
  }

  /** RFC 9110 §14.1.2: the last octets; all of them if there are fewer. */
  private static ByteRange suffix(long octets, long size) {
    if (octets == 0) {
      return new Unsatisfiable();
    }
    // Content-Range cannot say "none of nothing".
    return size == 0 ? new Whole() : new Part(Math.max(0, size - octets), Math.min(octets, size));
  }
}
