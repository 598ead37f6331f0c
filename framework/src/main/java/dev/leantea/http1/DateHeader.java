package dev.leantea.http1;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} line (RFC 9110 §5.6.7, §6.6.1), made once a second. One owner thread. */
final class DateHeader {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private long second = Long.MIN_VALUE;
  private byte[] line = new byte[0];

  /** The line with its CRLF. */
  byte[] line() {
    long now = System.currentTimeMillis() / 1000;
    if (now != second) {
      second = now;
      line = Octets.latin1("Date: " + IMF_FIXDATE.format(Instant.ofEpochSecond(now)) + "\r\n");
    }
    return line;
  }
}
