package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpExceptionTest {
  private static final Request REQUEST = Request.of(Method.POST, "/orders");

  private static HttpException failed() {
    return HttpException.of(422, "the order is not complete")
        .field("age", "expected a number, got abc")
        .field("/items/0/tea", "expected a text, got nothing")
        .detail("code", "ORDER_INCOMPLETE")
        .detail("missing", List.of(1, 2));
  }

  private static Request accepting(String... lines) {
    Request request = REQUEST;
    for (String line : lines) {
      request = request.withAddedHeader("Accept", line);
    }
    return request;
  }

  @Test
  void toResponse_plain_messageFieldsAndDetails() throws Exception {
    Response response = failed().toResponse(REQUEST);
    assertThat(response.status()).isEqualTo(422);
    assertThat(response.headers().all("Content-Type")).containsExactly("application/json");
    assertThat(response.bodyText())
        .isEqualTo(
            "{\"error\":\"the order is not complete\",\"fields\":["
                + "{\"field\":\"age\",\"message\":\"expected a number, got abc\"},"
                + "{\"field\":\"/items/0/tea\",\"message\":\"expected a text, got nothing\"}],"
                + "\"code\":\"ORDER_INCOMPLETE\",\"missing\":[1,2]}");
    assertThat(HttpException.of(404, "not found").toResponse(REQUEST).bodyText())
        .isEqualTo("{\"error\":\"not found\"}");
  }

  @Test
  void toResponse_problemAccepted_isOfRfc9457() throws Exception {
    Response response = failed().toResponse(accepting("text/html, application/problem+json"));
    assertThat(response.headers().all("Content-Type")).containsExactly("application/problem+json");
    assertThat(response.headers().all("Vary")).containsExactly("Accept");
    assertThat(response.bodyText())
        .startsWith(
            "{\"title\":\"Unprocessable Content\",\"status\":422,"
                + "\"detail\":\"the order is not complete\",\"errors\":["
                + "{\"detail\":\"expected a number, got abc\",\"parameter\":\"age\"},"
                + "{\"detail\":\"expected a text, got nothing\","
                + "\"pointer\":\"#/items/0/tea\"}],")
        .endsWith("\"code\":\"ORDER_INCOMPLETE\",\"missing\":[1,2]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/problem+json",
        "Application/Problem+JSON;q=0.1",
        "application/json, application/problem+json ; charset=utf-8",
        "application/problem+json;q=1"
      })
  void toResponse_problemNamed_isSent(String accept) {
    Response response = failed().toResponse(accepting("text/html", accept));
    assertThat(response.headers().first("Content-Type")).contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "application/*",
        "application/json",
        "application/problem+json;q=0",
        "application/problem+json; Q=0.000",
        "application/problem+jsonx",
        ",;,=;q"
      })
  void toResponse_problemNotNamed_isPlain(String accept) {
    Response response = failed().toResponse(accepting(accept));
    assertThat(response.headers().first("Content-Type")).contains("application/json");
    assertThat(response.headers().contains("Vary")).isFalse();
  }

  @Test
  void header_ofTheResponse_replaces() {
    HttpException e =
        HttpException.of(401, "log in")
            .header("WWW-Authenticate", "Basic")
            .header("www-authenticate", "Bearer")
            .header("Retry-After", "7");
    assertThat(e.toResponse(REQUEST).headers())
        .extracting(Object::toString)
        .containsExactly(
            "Content-Type: application/json", "www-authenticate: Bearer", "Retry-After: 7");
    assertThatThrownBy(() -> e.header("Content-Length", "1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> e.header("X", "a\r\nb")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"error", "fields", "errors", "type", "title", "status", "detail", "instance"})
  void detail_memberOfTheDocument_refused(String name) {
    assertThatThrownBy(() -> failed().detail(name, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void copies_leaveTheOriginalAlone_andKeepItsCause() {
    var cause = new IllegalStateException("for the log");
    var original = new HttpException(400, "bad", cause);
    HttpException copy = original.field("a", "b").detail("c", Map.of());
    assertThat(original.fields()).isEmpty();
    assertThat(copy.fields()).containsExactly(new HttpException.FieldError("a", "b"));
    assertThat(copy).hasCause(cause).hasMessage("bad");
    assertThat(copy.getStackTrace()).isEqualTo(original.getStackTrace());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 399, 600})
  void of_noError_refused(int status) {
    assertThatThrownBy(() -> HttpException.of(status, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
