package dev.leantea.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dates in fields (RFC 9110 §5.6.7), to the second. Any thread. */
public final class HttpDate {
  private static final DateTimeFormatter IMF_FIXDATE =
      utc(new DateTimeFormatterBuilder().appendPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'"));

  /** Obsolete, and still to be read. */
  private static final DateTimeFormatter ASCTIME =
      utc(new DateTimeFormatterBuilder().appendPattern("EEE MMM ppd HH:mm:ss yyyy"));

  /** RFC 9110 §5.6.7: a year more than 50 years ahead is in the past. */
  private static final int YEARS_BACK = 49;

  private HttpDate() {}

  private static DateTimeFormatter utc(DateTimeFormatterBuilder builder) {
    return builder.toFormatter(Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  /** Obsolete as well, with two digits of a year. */
  private static DateTimeFormatter rfc850() {
    return utc(
        new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(
                ChronoField.YEAR, 2, 2, LocalDate.now(ZoneOffset.UTC).minusYears(YEARS_BACK))
            .appendPattern(" HH:mm:ss 'GMT'"));
  }

  /** Such as {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
  public static String format(Instant time) {
    return IMF_FIXDATE.format(time);
  }

  /** The time of a date in any of the three forms; empty when it is in none. */
  public static Optional<Instant> parse(String text) {
    for (DateTimeFormatter format : List.of(IMF_FIXDATE, rfc850(), ASCTIME)) {
      try {
        return Optional.of(Instant.from(format.parse(text)));
      } catch (DateTimeException e) {
        // not in this form
      }
    }
    return Optional.empty();
  }
}
