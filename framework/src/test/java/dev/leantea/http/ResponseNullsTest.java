package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A null is refused where it is passed, with a line that names the parameter. */
@SuppressWarnings({"NullAway", "DataFlowIssue"}) // what code written elsewhere may do
class ResponseNullsTest {
  private static final Response OK = Response.empty(200);

  static Stream<Arguments> calls() {
    return Stream.concat(factories(), methods());
  }

  private static Stream<Arguments> factories() {
    return Stream.of(
        call("text", () -> Response.text(200, null)),
        call("html", () -> Response.html(200, null)),
        call("content", () -> Response.bytes(200, MediaType.TEXT, null)),
        call("media type", () -> Response.bytes(200, null, new byte[0])),
        call("json", () -> Response.json(200, null)),
        call("value", () -> Response.jsonObj(200, null)),
        call("message", () -> Response.jsonError(400, null)),
        call("location", () -> Response.redirect(302, null)),
        call("writer", () -> Response.stream(200, MediaType.TEXT, null)),
        call("writer", () -> Response.stream(200, MediaType.TEXT, 1, null)),
        call("media type", () -> Response.stream(200, null, out -> out.write(1))),
        call("file", () -> Response.file(null)),
        call("file", () -> Response.file(200, null, 0, 1)),
        call("handler", () -> Response.upgrade("x", null)),
        call("cookie name", () -> Cookie.of(null, "")),
        call("cookie value", () -> Cookie.of("a", null)));
  }

  private static Stream<Arguments> methods() {
    return Stream.of(
        call("header name", () -> OK.header(null, "x")),
        call("header value", () -> OK.header("X", null)),
        call("header name", () -> OK.addHeader(null, "x")),
        call("header value", () -> OK.addHeader("X", null)),
        call("header name", () -> OK.withoutHeader(null)),
        call("cookie", () -> OK.cookie(null)),
        call("body", () -> OK.withBody(null)),
        call("action", () -> OK.onClose(null)),
        call("header name", () -> Headers.of(null, "x")),
        call("header value", () -> Headers.empty().withAdded("X", null)));
  }

  private static Arguments call(String parameter, ThrowingCallable call) {
    return arguments(parameter, call);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void anyParameter_null_refusedByName(String parameter, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(NullPointerException.class)
        .hasMessage(parameter + ": expected a value, got null");
  }
}
