package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Limits;
import dev.leantea.http.RequestTarget;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Heads of many MiB that arrive byte by byte. A parser that looks at what it has at each byte again
 * needs hours for them; no time is asserted, the limit ends a test that hangs.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinearHeadTest {
  private static final int BYTES = 2 * 1024 * 1024;
  private static final Limits LIMITS =
      Limits.DEFAULTS.withRequestLine(2 * BYTES).withFieldSection(2 * BYTES).withFieldCount(10_000);

  /** What becomes of a head: that of its framing and persistence, or why it is refused. */
  private static String outcome(String text) {
    byte[] bytes = Bytes.latin1(text);
    var in = new ReceiveBuffer();
    var parser = new RequestParser(LIMITS);
    var lineEnds = new int[LIMITS.fieldCount() + 1];
    try {
      for (int i = 0; i < bytes.length; i++) {
        in.add(bytes, i, i + 1);
        RequestHead head = parser.parse(in, lineEnds);
        if (head != null) {
          var _ = MessageFraming.of(head);
          var _ = RequestTarget.parse(head.method, head.target());
          return "keep " + KeepAlive.allowed(head, false) + " " + head.size();
        }
      }
      return "incomplete";
    } catch (ProtocolException e) {
      return e.reason().name();
    }
  }

  private static String repeat(String part) {
    return part.repeat(BYTES / part.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X:~         | ~                  | keep true 2",
        "X: a        | ~                  | keep true 2",
        "X: a        | ,                  | keep true 2",
        "Connection: | a,                 | keep true 2",
        "Connection: | close,             | keep false 2",
        "Connection: | ,                  | keep true 2",
        "Expect:     | 100-continue,      | EXPECTATION",
        "Transfer-Encoding: | chunked,    | TRANSFER_ENCODING",
        "Transfer-Encoding: | ,           | TRANSFER_ENCODING",
        "Content-Length:    | 1,          | CONTENT_LENGTH",
        "Content-Length:    | 0           | keep true 2",
        "Host:              | a           | keep true 1",
      })
  void parse_longField_eachByteAFewTimes(String start, String part, String outcome) {
    String field = start + repeat(part.replace('~', ' '));
    String host = start.startsWith("Host") ? "" : "Host: a\r\n";
    assertThat(outcome("GET / HTTP/1.1\r\n" + host + field.replace('~', ' ') + "\r\n\r\n"))
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A: b", "Connection: close", "X:"})
  void parse_manyFields_eachByteAFewTimes(String line) {
    String lines = (line + "\r\n").repeat(9_999);
    assertThat(outcome("GET / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n")).endsWith(" 10000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "/", "/../", "./", "%41", "?", "//"})
  void parse_longTarget_eachByteAFewTimes(String part) {
    String head = "GET /" + repeat(part) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    assertThat(outcome(head)).isEqualTo("keep true 1");
  }
}
