package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {
  private static String body(Response response) {
    if (response.body() instanceof Body.Bytes(byte[] content)) {
      return new String(content, StandardCharsets.UTF_8);
    }
    throw new AssertionError("expected bytes, got " + response.body());
  }

  @Test
  void text_html_json_theirMediaTypes() {
    assertThat(body(Response.text(200, "é"))).isEqualTo("é");
    assertThat(Response.text(200, "").headers().first("content-type"))
        .contains("text/plain; charset=utf-8");
    assertThat(Response.html(200, "").headers().first("content-type"))
        .contains("text/html; charset=utf-8");
    assertThat(body(Response.jsonObj(200, Map.of("a", 1)))).isEqualTo("{\"a\":1}");
    assertThat(body(Response.json(200, Json.mapper().createObjectNode().put("a", 1))))
        .isEqualTo("{\"a\":1}");
    assertThat(body(Response.jsonError(400, "\"<\n"))).isEqualTo("{\"error\":\"\\\"<\\n\"}");
  }

  @Test
  void empty_noBodyAndNoMediaType() {
    Response response = Response.empty(204);
    assertThat(body(response)).isEmpty();
    assertThat(response.headers()).isEmpty();
  }

  @Test
  void stream_lengthWhereGiven() {
    assertThat(Response.stream(200, MediaType.TEXT, _ -> {}).body())
        .isInstanceOfSatisfying(
            Body.Stream.class, it -> assertThat(it.length()).isEqualTo(OptionalLong.empty()));
    assertThat(Response.stream(200, MediaType.TEXT, 5, _ -> {}).body())
        .isInstanceOfSatisfying(
            Body.Stream.class, it -> assertThat(it.length()).isEqualTo(OptionalLong.of(5)));
    assertThatThrownBy(() -> Response.stream(200, MediaType.TEXT, -1, _ -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 100, 101, 199, 600, 1000})
  void status_notFinal_refused(int status) {
    assertThatThrownBy(() -> Response.empty(status)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Response.text(status, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Response.empty(200).withStatus(status))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "content-length, 5",
    "Transfer-Encoding, chunked",
    "Connection, keep-alive",
    "connection, upgrade",
    "'X\r\n', a",
    "'', a",
  })
  void header_thatFramesOrSplits_refused(String name, String value) {
    assertThatThrownBy(() -> Response.empty(200).header(name, value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void header_lineBreakInValue_refused() {
    assertThatThrownBy(() -> Response.redirect(302, "/a\r\nSet-Cookie: x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void header_repeated_bothLinesStay() {
    Response response = Response.empty(200).header("A", "1").header("a", "2");
    assertThat(response.headers().all("A")).containsExactly("1", "2");
    assertThat(response.withoutHeader("A").headers()).isEmpty();
    assertThat(response.header("Connection", "CLOSE").headers().contains("connection")).isTrue();
  }

  @Test
  void with_leavesTheOriginalAlone() {
    Response response = Response.text(200, "a");
    assertThat(response.withStatus(404).status()).isEqualTo(404);
    assertThat(body(response.withBody(Body.EMPTY))).isEmpty();
    assertThat(response).hasToString("200 OK [Content-Type: text/plain; charset=utf-8]");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 300, 304, 309, 404})
  void redirect_otherStatus_refused(int status) {
    assertThatThrownBy(() -> Response.redirect(status, "/"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
