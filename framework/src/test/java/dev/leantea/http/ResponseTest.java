package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Headers.Field;
import dev.leantea.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {
  private static String body(Response response) throws Exception {
    return response.bodyText();
  }

  @Test
  void bodyBytes_ofEachKind(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "0123456789");
    assertThat(Response.text(200, "tea").bodyBytes()).asString().isEqualTo("tea");
    assertThat(Response.file(206, file, 2, 3).bodyText()).isEqualTo("234");
    assertThat(Response.stream(200, MediaType.TEXT, out -> out.write('x')).bodyText())
        .isEqualTo("x");
    Response upgrade = Response.upgrade("tea", _ -> {});
    assertThatThrownBy(upgrade::bodyBytes).isInstanceOf(IllegalStateException.class);
  }

  /** Of a part too: a browser decides by what it gets. */
  @Test
  void file_forbidsToGuessItsMediaType(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("upload.txt"), "<script>");
    for (Response response : List.of(Response.file(file), Response.file(206, file, 0, 3))) {
      assertThat(response.headers().all("X-Content-Type-Options")).containsExactly("nosniff");
    }
  }

  @Test
  void text_html_json_theirMediaTypes() throws Exception {
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
  void empty_noBodyAndNoMediaType() throws Exception {
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
    assertThatThrownBy(() -> Response.empty(200).addHeader(name, value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void header_lineBreakInValue_refused() {
    assertThatThrownBy(() -> Response.redirect(302, "/a\r\nSet-Cookie: x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void header_repeated_theLastStays() {
    Response response = Response.empty(200).header("A", "1").header("B", "x").header("a", "2");
    assertThat(response.headers()).extracting(Field::toString).containsExactly("a: 2", "B: x");
  }

  @Test
  void addHeader_repeated_bothLinesStay() {
    Response response = Response.empty(200).addHeader("A", "1").addHeader("a", "2");
    assertThat(response.headers().all("A")).containsExactly("1", "2");
    assertThat(response.withoutHeader("A").headers()).isEmpty();
    assertThat(response.header("Connection", "CLOSE").headers().contains("connection")).isTrue();
  }

  @Test
  void with_leavesTheOriginalAlone() throws Exception {
    Response response = Response.text(200, "a");
    assertThat(response.withStatus(404).status()).isEqualTo(404);
    assertThat(body(response.withBody(Body.EMPTY))).isEmpty();
    assertThat(response).hasToString("200 OK [Content-Type: text/plain; charset=utf-8]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Type", "location", "ETag", "Last-Modified", "Retry-After", "Expires"})
  void addHeader_secondOfASingleValue_refused(String name) {
    Response once = Response.empty(200).addHeader(name, "x");
    assertThat(once.header(name, "y").headers().all(name)).containsExactly("y");
    assertThatThrownBy(() -> once.addHeader(name, "y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("header " + name + ": expected one line");
  }

  @Test
  void header_setCookieAfterACookie_isNotDiscarded() {
    Response response = Response.empty(200).cookie(Cookie.of("a", "1"));
    assertThatThrownBy(() -> response.header("set-cookie", "b=2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("addHeader");
    assertThat(response.cookie(Cookie.of("b", "2")).headers().all("Set-Cookie"))
        .containsExactly("a=1", "b=2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a?b=c&d#e",
        "../a;b=c",
        "//host/",
        "https://[::1]:8080/a%20b",
        "//[::1]",
        "mailto:a@b"
      })
  void redirect_uriReference_isTheLocation(String location) {
    assertThat(Response.redirect(302, location).headers().first("Location")).contains(location);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/caf\u00e9",
        "/a b",
        "/%",
        "/%4",
        "/%zz",
        "/a\\b",
        "/#a#b",
        "/[1]",
        "/\u4f60",
        "/?a[]=1",
        "http://[x]/",
        "/<",
        "/\"",
        "/a//[::1]/"
      })
  void redirect_noUriReference_refused(String location) {
    assertThatThrownBy(() -> Response.redirect(302, location))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("location: expected a URI reference in ASCII")
        .hasMessageContaining("percent-encode");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 300, 304, 305, 306, 309, 404})
  void redirect_otherStatus_refused(int status) {
    assertThatThrownBy(() -> Response.redirect(status, "/"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void headersIfAbsent_addsWhatIsMissing() {
    Headers fields = Headers.of("X-Frame-Options", "DENY").with("Referrer-Policy", "no-referrer");
    Response response = Response.empty(204).header("x-frame-options", "SAMEORIGIN");
    assertThat(response.headersIfAbsent(fields).headers())
        .extracting(Object::toString)
        .containsExactly("x-frame-options: SAMEORIGIN", "Referrer-Policy: no-referrer");
    assertThat(response.headersIfAbsent(fields).headersIfAbsent(fields).headers()).hasSize(2);
    assertThatThrownBy(() -> response.headersIfAbsent(Headers.of("Content-Length", "1")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
