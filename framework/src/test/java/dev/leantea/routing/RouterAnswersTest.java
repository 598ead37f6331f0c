package dev.leantea.routing;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Body;
import dev.leantea.http.ClientGoneException;
import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a router answers by itself, and for handlers that throw. */
class RouterAnswersTest {
  private static final Handler OK = _ -> Response.text(200, "ok");

  private static Handler throwing(Exception exception) {
    return _ -> {
      throw exception;
    };
  }

  private static Response call(Handler handler, Method method, String target) throws Exception {
    return handler.handle(Request.of(method, target));
  }

  private static String text(Response response) {
    return response.body() instanceof Body.Bytes(byte[] content)
        ? response.status() + " " + new String(content, StandardCharsets.UTF_8)
        : "stream";
  }

  @Test
  void notFound_ownHandler_answersInPlace() throws Exception {
    Router router =
        Router.builder()
            .get("/a", OK)
            .notFound(nonBlocking(request -> Response.text(404, "no " + request.path())))
            .build();
    assertThat(text(call(router, Method.GET, "/b"))).isEqualTo("404 no /b");
    assertThat(text(call(router, Method.CONNECT, "a:443"))).startsWith("404 no ");
    assertThat(call(router, Method.PUT, "/a").status()).isEqualTo(405);
    assertThat(router.resolve(Request.of(Method.GET, "/b")).execution())
        .isEqualTo(Execution.NON_BLOCKING);
  }

  @Test
  void notFound_ownHandlerThatMayBlock_isDeclaredSo() {
    Router router = Router.builder().notFound(OK).build();
    assertThat(router.resolve(Request.of(Method.GET, "/b")).execution())
        .isEqualTo(Execution.BLOCKING);
  }

  @Test
  void methodNotAllowed_ownHandler_getsAllow() throws Exception {
    Router router =
        Router.builder().get("/a", OK).methodNotAllowed(_ -> Response.text(405, "no")).build();
    Response response = call(router, Method.PUT, "/a");
    assertThat(text(response)).isEqualTo("405 no");
    assertThat(response.headers().all("Allow")).containsExactly("GET, HEAD, OPTIONS");
    assertThat(call(router, Method.OPTIONS, "/a").status()).isEqualTo(204);
  }

  @Test
  void methodNotAllowed_ownHandlerWithAnotherAnswer_isLeftAlone() throws Exception {
    Router hiding =
        Router.builder().get("/a", OK).methodNotAllowed(_ -> Response.text(404, "no")).build();
    assertThat(call(hiding, Method.PUT, "/a").headers().contains("Allow")).isFalse();
    Router own =
        Router.builder()
            .get("/a", OK)
            .methodNotAllowed(_ -> Response.empty(405).header("Allow", "GET"))
            .build();
    assertThat(call(own, Method.PUT, "/a").headers().all("Allow")).containsExactly("GET");
  }

  @Test
  void exception_nearestClass_answers() throws Exception {
    Router router =
        Router.builder()
            .get("/state", throwing(new IllegalStateException("x")))
            .get("/file", throwing(new FileNotFoundException("x")))
            .get("/io", throwing(new IOException("x")))
            .get("/{id}", throwing(new InterruptedException("x")))
            .exception(RuntimeException.class, (_, _) -> Response.text(503, "runtime"))
            .exception(
                FileNotFoundException.class, (request, _) -> Response.text(404, request.path()))
            .exception(IOException.class, (_, e) -> Response.text(502, "io " + e.getMessage()))
            .build();
    assertThat(text(call(router, Method.GET, "/state"))).isEqualTo("503 runtime");
    assertThat(text(call(router, Method.GET, "/file"))).isEqualTo("404 /file");
    assertThat(text(call(router, Method.GET, "/io"))).isEqualTo("502 io x");
    assertThatThrownBy(() -> call(router, Method.GET, "/other"))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void exception_handlerThrows_isNotAskedAgain() {
    Router router =
        Router.builder()
            .get("/a", throwing(new IllegalStateException("x")))
            .exception(
                IllegalStateException.class,
                (_, e) -> {
                  throw new IllegalStateException("again", e);
                })
            .build();
    assertThatThrownBy(() -> call(router, Method.GET, "/a")).hasMessage("again");
  }

  @Test
  void exception_ofHttpException_isAskedForTheRoutersOwnAnswersToo() throws Exception {
    Router router =
        Router.builder()
            .get("/a", throwing(new HttpException(418, "tea")))
            .exception(
                HttpException.class, (_, e) -> Response.text(e.status(), "problem: " + e.reason()))
            .build();
    assertThat(text(call(router, Method.GET, "/a"))).isEqualTo("418 problem: tea");
    assertThat(text(call(router, Method.GET, "/b"))).isEqualTo("404 problem: not found");
    Response wrongMethod = call(router, Method.PUT, "/a");
    assertThat(text(wrongMethod)).isEqualTo("405 problem: method not allowed");
    assertThat(wrongMethod.headers().all("Allow")).containsExactly("GET, HEAD, OPTIONS");
  }

  @Test
  void exception_ofAllExceptions_leavesWhatIsAnAnswerAlready() throws Exception {
    Router router =
        Router.builder()
            .get("/a", throwing(new HttpException(418, "tea")))
            .get("/fault", throwing(new IllegalStateException("x")))
            .exception(Exception.class, (_, _) -> Response.text(500, "a fault of ours"))
            .build();
    assertThatThrownBy(() -> call(router, Method.GET, "/a")).isInstanceOf(HttpException.class);
    assertThat(text(call(router, Method.GET, "/b"))).isEqualTo("404 {\"error\":\"not found\"}");
    assertThat(call(router, Method.PUT, "/a").status()).isEqualTo(405);
    assertThat(text(call(router, Method.GET, "/fault"))).isEqualTo("500 a fault of ours");
  }

  @Test
  void exception_ofAnotherClass_leavesTheRoutersOwnAnswers() throws Exception {
    Router router =
        Router.builder()
            .filter(next -> next)
            .get("/a", OK)
            .exception(IOException.class, (_, _) -> Response.empty(502))
            .build();
    assertThat(text(call(router, Method.GET, "/b"))).isEqualTo("404 {\"error\":\"not found\"}");
    Response wrongMethod = call(router, Method.PUT, "/a");
    assertThat(wrongMethod.status()).isEqualTo(405);
    assertThat(wrongMethod.headers().all("Allow")).containsExactly("GET, HEAD, OPTIONS");
    assertThat(call(router, Method.of("BREW"), "/a").status()).isEqualTo(501);
  }

  @Test
  void ownAnswers_clientThatAcceptsProblemJson_getsIt() throws Exception {
    Router router = Router.builder().get("/a", OK).build();
    for (Method method : List.of(Method.PUT, Method.of("BREW"))) {
      Request request = Request.of(method, "/a").withHeader("Accept", "application/problem+json");
      Response response = router.handle(request);
      assertThat(response.headers().first("Content-Type")).contains("application/problem+json");
    }
  }

  @Test
  void exception_ofHandlerOrFilter_isAResponseToTheFiltersAround() throws Exception {
    var seen = new ArrayList<String>();
    Filter watching =
        next ->
            request -> {
              Response response = next.handle(request);
              seen.add(text(response));
              return response;
            };
    Filter refusing = _ -> throwing(new SecurityException("who?"));
    Router router =
        Router.builder()
            .filter(watching)
            .get("/a", throwing(new IllegalStateException("x")))
            .scope(refusing, it -> it.get("/b", OK))
            .exception(RuntimeException.class, (_, e) -> Response.text(503, "" + e.getMessage()))
            .build();
    assertThat(text(call(router, Method.GET, "/a"))).isEqualTo("503 x");
    assertThat(text(call(router, Method.GET, "/b"))).isEqualTo("503 who?");
    assertThat(seen).containsExactly("503 x", "503 who?");
  }

  static Stream<Exception> failuresOfConnections() {
    var gone = new ClientGoneException("gone");
    return Stream.of(gone, new UncheckedIOException(gone));
  }

  @ParameterizedTest
  @MethodSource("failuresOfConnections")
  void exception_clientIsGone_isNotAnswered(Exception failure) {
    Router router =
        Router.builder()
            .get("/a", throwing(failure))
            .exception(Exception.class, (_, _) -> Response.empty(500))
            .build();
    assertThatThrownBy(() -> call(router, Method.GET, "/a")).isSameAs(failure);
  }

  @Test
  void exception_handlersOfARouterWithin_areAskedFirst() throws Exception {
    Router inner =
        Router.builder()
            .get("/a/b", throwing(new IllegalStateException("x")))
            .get("/a/c", throwing(new IOException("x")))
            .exception(RuntimeException.class, (_, _) -> Response.text(503, "inner"))
            .build();
    Router outer =
        Router.builder()
            .get("/a/{rest...}", inner)
            .exception(Exception.class, (_, _) -> Response.text(500, "outer"))
            .build();
    assertThat(text(call(outer, Method.GET, "/a/b"))).isEqualTo("503 inner");
    assertThat(text(call(outer, Method.GET, "/a/c"))).isEqualTo("500 outer");
    assertThat(outer.resolve(Request.of(Method.GET, "/a/b")).route()).isEqualTo("/a/b");
  }

  @Test
  void builder_wholeRoutersSettingsInAGroup_refused() {
    assertThatThrownBy(() -> Router.builder().group("/a", it -> it.notFound(OK)))
        .hasMessage(
            "notFound: expected the top level, for it is for the whole router, got group /a");
    assertThatThrownBy(() -> Router.builder().group("/a", it -> it.methodNotAllowed(OK)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                Router.builder()
                    .group(
                        "/a", it -> it.exception(Exception.class, (_, _) -> Response.empty(500))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void exception_twoHandlersForAClass_refused() {
    var builder = Router.builder().exception(IOException.class, (_, _) -> Response.empty(502));
    assertThatThrownBy(() -> builder.exception(IOException.class, (_, _) -> Response.empty(503)))
        .hasMessage(
            "exception: expected one handler for each class, got two for java.io.IOException");
  }
}
