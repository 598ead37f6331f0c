package dev.leantea.http1;

import dev.leantea.http.HttpDate;
import java.time.Instant;

/** The {@code Date} line (RFC 9110 §5.6.7, §6.6.1), formatted once a second. One owner thread. */
final class DateHeader {
  private long second = Long.MIN_VALUE;
  private byte[] line = new byte[0];

  /** The line with its CRLF. */
  byte[] line() {
    long now = System.currentTimeMillis() / 1000;
    if (now != second) {
      second = now;
      line = Bytes.latin1("Date: " + HttpDate.format(Instant.ofEpochSecond(now)) + "\r\n");
    }
    return line;
  }
}
