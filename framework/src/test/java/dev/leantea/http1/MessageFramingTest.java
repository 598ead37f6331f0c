package dev.leantea.http1;

import static dev.leantea.http1.Heads.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http1.ProtocolException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageFramingTest {
  private static MessageFraming of(String... lines) throws ProtocolException {
    return MessageFraming.of(Heads.get(lines));
  }

  private static MessageFraming inHttp10(String lines) throws ProtocolException {
    return MessageFraming.of(Heads.head("POST / HTTP/1.0\r\n" + lines + "\r\n"));
  }

  @Test
  void of_neitherField_noBody() throws ProtocolException {
    assertThat(of()).isEqualTo(MessageFraming.NONE);
  }

  @Test
  void of_contentLength_fixed() throws ProtocolException {
    assertThat(of("Content-Length: 5")).isEqualTo(new MessageFraming.Fixed(5));
    assertThat(of("Content-Length: 0")).isEqualTo(MessageFraming.NONE);
    assertThat(of("Content-Length: 9223372036854775807"))
        .isEqualTo(new MessageFraming.Fixed(Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "+1", "-1", "1 1", "1,1", "0x1", "1.0", "a", "9223372036854775808", "1\u00b2"})
  void of_badContentLength_refused(String value) {
    assertRefused(Reason.CONTENT_LENGTH, () -> of("Content-Length: " + value));
  }

  @Test
  void of_twoContentLengths_refused() {
    assertRefused(Reason.CONTENT_LENGTH, () -> of("Content-Length: 1", "Content-Length: 1"));
  }

  @Test
  void of_chunked_anyCase() throws ProtocolException {
    assertThat(of("Transfer-Encoding: ChunkeD")).isEqualTo(MessageFraming.CHUNKED);
  }

  @Test
  void of_bothFields_refused() {
    assertRefused(
        Reason.TRANSFER_ENCODING, () -> of("Content-Length: 1", "Transfer-Encoding: chunked"));
  }

  @Test
  void of_chunkedInHttp10_refused() {
    assertRefused(Reason.TRANSFER_ENCODING, () -> inHttp10("Transfer-Encoding: chunked\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",chunked", "chunked,", "chunked, chunked", "chunked, gzip"})
  void of_chunkedNotLastOrNotOnce_refused(String value) {
    assertRefused(Reason.TRANSFER_ENCODING, () -> of("Transfer-Encoding: " + value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gzip", "gzip, chunked", "identity", "xchunked", "chunked;a", "\"chunked\""})
  void of_otherCoding_unknown(String value) {
    assertRefused(Reason.TRANSFER_CODING_UNKNOWN, () -> of("Transfer-Encoding: " + value));
  }

  @Test
  void of_hosts_exactlyOneInHttp11AtMostOneInHttp10() throws ProtocolException {
    assertRefused(Reason.HOST, () -> MessageFraming.of(Heads.head("GET / HTTP/1.1\r\n\r\n")));
    assertRefused(Reason.HOST, () -> of("Host: b"));
    assertRefused(Reason.HOST, () -> inHttp10("Host: a\r\nHost: a\r\n"));
    assertRefused(Reason.HOST, () -> inHttp10("Host: a b\r\n"));
    assertThat(inHttp10("")).isEqualTo(MessageFraming.NONE);
  }

  @Test
  void of_expectations_oneIsKnown() throws ProtocolException {
    RequestHead head = Heads.get("Expect: 100-Continue", "Content-Length: 1");
    assertThat(MessageFraming.of(head)).isEqualTo(new MessageFraming.Fixed(1));
    assertThat(head.expectsContinue).isTrue();
    assertRefused(Reason.EXPECTATION, () -> of("Expect: 200-ok"));
    assertRefused(Reason.EXPECTATION, () -> of("Expect: x", "Expect: 100-continue"));
    assertThat(inHttp10("Expect: 200-ok\r\n")).isEqualTo(MessageFraming.NONE);
  }
}
