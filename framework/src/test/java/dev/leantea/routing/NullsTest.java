package dev.leantea.routing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A null in an application is found when it is put together, and not by its first request. */
@SuppressWarnings({"NullAway", "DataFlowIssue"}) // what code written elsewhere may do
class NullsTest {
  private static final Handler OK = _ -> Response.empty(200);
  private static final Filter MISSING = _ -> null;

  static Stream<Arguments> calls() {
    return Stream.of(router(), filters(), configurations()).flatMap(it -> it);
  }

  private static Stream<Arguments> router() {
    return Stream.of(
        call("handler", () -> Router.builder().get("/a", null)),
        call("route", () -> Router.builder().get(null, OK)),
        call("route", () -> Router.builder().group(null, it -> it.get("/a", OK))),
        call("method", () -> Router.builder().route(null, "/a", OK)),
        call("filter", () -> Router.builder().filter(null)),
        call("filter", () -> Router.builder().scope(null, it -> it.get("/a", OK))),
        call("routes", () -> Router.builder().scope(MISSING, null)),
        call("routes", () -> Router.builder().group("/a", null)),
        call("handler", () -> Router.builder().notFound(null)),
        call("handler", () -> Router.builder().methodNotAllowed(null)),
        call("class", () -> Router.builder().exception(null, (_, _) -> Response.empty(500))),
        call("handler", () -> Router.builder().exception(Exception.class, null)),
        call(
            "what the filter returns",
            () -> Router.builder().filter(MISSING).get("/a", OK).build()));
  }

  private static Stream<Arguments> filters() {
    return Stream.of(
        call("handler", () -> Handler.nonBlocking(null)),
        call("handler", () -> Handler.computing(null)),
        call("filter", () -> Filter.nonBlocking(null)),
        call("filter", () -> Filter.computing(null)),
        call("filter", () -> MISSING.then(null)),
        call("handler", () -> MISSING.apply(null)),
        call("what the filter returns", () -> MISSING.apply(OK)));
  }

  private static Stream<Arguments> configurations() {
    return Stream.of(
        call("host", () -> ServerConfig.of(0).withHost(null)),
        call("limits", () -> ServerConfig.of(0).withLimits(null)),
        call("listener", () -> ServerConfig.of(0).withListener(null)),
        call("exchange listener", () -> ServerConfig.of(0).withExchangeListener(null)));
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
