package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusLinesTest {
  @ParameterizedTest
  @CsvSource({
    "100,Continue",
    "200,OK",
    "404,Not Found",
    "505,HTTP Version Not Supported",
    "599,''"
  })
  void of_status_lineWithReason(int status, String reason) {
    // RFC 9112 §4: the space stands even where there is no reason
    assertThat(StatusLines.of(status))
        .isEqualTo(Bytes.latin1("HTTP/1.1 " + status + " " + reason + "\r\n"));
  }
}
