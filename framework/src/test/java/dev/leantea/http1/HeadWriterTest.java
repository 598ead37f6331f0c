package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadWriterTest {
  private final HeadWriter writer = new HeadWriter();
  private final MemoryTransport wire = new MemoryTransport(MemoryTransport.Style.THREAD);

  private String write(Response response, BodyFraming framing, long length, boolean keep) {
    int before = wire.sent().length;
    writer.write(wire, response, framing, length, keep, 0);
    wire.flush();
    byte[] sent = wire.sent();
    return Bytes.latin1(sent, before, sent.length);
  }

  private List<String> head(Response response, BodyFraming framing, long length, boolean keep) {
    String text = write(response, framing, length, keep);
    assertThat(text).endsWith("\r\n\r\n");
    return text.substring(0, text.length() - 4)
        .lines()
        .filter(it -> !it.startsWith("Date:"))
        .toList();
  }

  @Test
  void head_bodyInMemory_itsLength() {
    assertThat(head(Response.text(200, "ok"), BodyFraming.FIXED, 2, true))
        .containsExactly(
            "HTTP/1.1 200 OK",
            "Connection: keep-alive",
            "Content-Length: 2",
            "Content-Type: text/plain; charset=utf-8");
  }

  @Test
  void head_chunked_transferEncoding() {
    assertThat(head(Response.empty(200), BodyFraming.CHUNKED, 0, false))
        .containsExactly("HTTP/1.1 200 OK", "Connection: close", "Transfer-Encoding: chunked");
  }

  @Test
  void head_untilClose_neither() {
    assertThat(head(Response.empty(200), BodyFraming.UNTIL_CLOSE, 0, false))
        .containsExactly("HTTP/1.1 200 OK", "Connection: close");
  }

  @Test
  void head_statusWithoutBody_noLength() {
    assertThat(head(Response.empty(204), BodyFraming.FIXED, 0, true))
        .containsExactly("HTTP/1.1 204 No Content", "Connection: keep-alive");
    assertThat(head(Response.empty(304), BodyFraming.CHUNKED, 0, true)).hasSize(2);
  }

  @Test
  void head_handlersConnection_isNotRepeated() {
    assertThat(head(Response.empty(200).header("Connection", "close"), BodyFraming.FIXED, 0, false))
        .containsExactly("HTTP/1.1 200 OK", "Connection: close", "Content-Length: 0");
  }

  @Test
  void head_handlersDate_replacesOurs() {
    Response response = Response.empty(200).header("date", "then");
    assertThat(write(response, BodyFraming.FIXED, 0, true))
        .contains("date: then\r\n")
        .doesNotContain("Date");
  }

  @Test
  void head_twice_oneDateEach() {
    for (int i = 0; i < 2; i++) {
      String head = write(Response.empty(200), BodyFraming.FIXED, 0, true);
      assertThat(head).containsOnlyOnce("Date: ");
    }
  }

  @Test
  void head_repeatedFields_allInOrder() {
    Response response =
        Response.empty(200).addHeader("Set-Cookie", "a=1").addHeader("Set-Cookie", "b=\u00ff");
    assertThat(head(response, BodyFraming.FIXED, 0, true))
        .endsWith("Set-Cookie: a=1", "Set-Cookie: b=\u00ff");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 99, 100, 1_234_567_890_123L, Long.MAX_VALUE})
  void head_anyLength_asTheJdkWritesIt(long length) {
    assertThat(head(Response.empty(200), BodyFraming.FIXED, length, true))
        .contains("Content-Length: " + length);
  }

  @Test
  void head_manyLongFields_allOfThem() {
    Response response = Response.empty(200);
    for (int i = 0; i < 100; i++) {
      response = response.header("X-" + i, "v".repeat(100 * i));
    }
    assertThat(head(response, BodyFraming.FIXED, 0, true))
        .hasSize(103)
        .endsWith("X-99: " + "v".repeat(9_900));
  }
}
