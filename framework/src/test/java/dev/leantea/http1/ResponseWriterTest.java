package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseWriterTest {
  private final ResponseWriter writer = new ResponseWriter();

  private List<String> head(Response response, long length, boolean keep) {
    OutputBuffer out = writer.head(response, length, keep);
    String text = Octets.latin1(out.array(), 0, out.size());
    assertThat(text).endsWith("\r\n\r\n");
    return text.substring(0, text.length() - 4)
        .lines()
        .filter(it -> !it.startsWith("Date:"))
        .toList();
  }

  @Test
  void head_bodyInMemory_itsLength() {
    assertThat(head(Response.text(200, "ok"), 2, true))
        .containsExactly(
            "HTTP/1.1 200 OK",
            "Connection: keep-alive",
            "Content-Length: 2",
            "Content-Type: text/plain; charset=utf-8");
  }

  @Test
  void head_chunked_transferEncoding() {
    assertThat(head(Response.empty(200), ResponseWriter.CHUNKED, false))
        .containsExactly("HTTP/1.1 200 OK", "Connection: close", "Transfer-Encoding: chunked");
  }

  @Test
  void head_lengthUnsaid_neither() {
    assertThat(head(Response.empty(200), ResponseWriter.UNSAID, false))
        .containsExactly("HTTP/1.1 200 OK", "Connection: close");
  }

  @Test
  void head_statusWithoutBody_noLength() {
    assertThat(head(Response.empty(204), 0, true))
        .containsExactly("HTTP/1.1 204 No Content", "Connection: keep-alive");
    assertThat(head(Response.empty(304), ResponseWriter.CHUNKED, true)).hasSize(2);
  }

  @Test
  void head_handlersConnection_isNotRepeated() {
    assertThat(head(Response.empty(200).header("Connection", "close"), 0, false))
        .containsExactly("HTTP/1.1 200 OK", "Connection: close", "Content-Length: 0");
  }

  @Test
  void head_handlersDate_replacesOurs() {
    OutputBuffer out = writer.head(Response.empty(200).header("date", "then"), 0, true);
    assertThat(Octets.latin1(out.array(), 0, out.size()))
        .contains("date: then\r\n")
        .doesNotContain("Date");
  }

  @Test
  void head_twice_oneDateEach() {
    for (int i = 0; i < 2; i++) {
      OutputBuffer out = writer.head(Response.empty(200), 0, true);
      assertThat(Octets.latin1(out.array(), 0, out.size())).containsOnlyOnce("Date: ");
    }
  }

  @Test
  void head_repeatedFields_allInOrder() {
    Response response =
        Response.empty(200).header("Set-Cookie", "a=1").header("Set-Cookie", "b=\u00ff");
    assertThat(head(response, 0, true)).endsWith("Set-Cookie: a=1", "Set-Cookie: b=\u00ff");
  }
}
