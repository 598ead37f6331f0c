package dev.leantea.http2;

import dev.leantea.http.HttpDate;
import java.time.Instant;

/** The value of {@code date} (RFC 9110 §6.6.1), formatted once a second. One owner thread. */
final class DateField {
  private long second = Long.MIN_VALUE;
  private String value = "";

  String value() {
    long now = System.currentTimeMillis() / 1000;
    if (now != second) {
      second = now;
      value = HttpDate.format(Instant.ofEpochSecond(now));
    }
    return value;
  }
}
