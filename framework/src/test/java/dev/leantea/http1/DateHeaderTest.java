package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class DateHeaderTest {
  @Test
  void line_now_anImfFixdate() {
    long before = System.currentTimeMillis() / 1000;
    String line = Bytes.latin1(new DateHeader().line(), 0, 37);
    long after = System.currentTimeMillis() / 1000;
    // RFC 9110 §5.6.7
    assertThat(line)
        .matches("Date: [A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n");
    Instant told =
        ZonedDateTime.parse(line.substring(6).strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
            .toInstant();
    assertThat(told.getEpochSecond()).isBetween(before, after);
  }

  @Test
  void line_twiceInASecond_theSameArray() {
    var date = new DateHeader();
    long second;
    byte[] first;
    byte[] next;
    do {
      second = System.currentTimeMillis() / 1000;
      first = date.line();
      next = date.line();
    } while (second != System.currentTimeMillis() / 1000);
    assertThat(next).isSameAs(first);
  }
}
