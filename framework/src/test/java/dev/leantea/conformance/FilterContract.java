package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.filter.Compression;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see of filters and of errors behind them; where filtered handlers run. */
public abstract class FilterContract extends ServerContract {
  private static final Handler THREAD =
      nonBlocking(
          _ ->
              Response.text(200, "green tea, black tea; ".repeat(500))
                  .header("Thread", String.valueOf(Thread.currentThread().threadId())));

  /** Refuses what is below a prefix. */
  private static final Filter GUARD =
      Filter.nonBlocking(
          next ->
              request ->
                  request.path().startsWith("/guarded")
                      ? Response.empty(403).header("Inner", "403")
                      : next.handle(request));

  /** {@code /plain} without a filter, all else with filters around it. */
  private record Application(Handler plain, Handler filtered) implements Handler {
    @Override
    public Handler resolve(Request request) {
      return (request.path().equals("/plain") ? plain : filtered).resolve(request);
    }

    @Override
    public Response handle(Request request) throws Exception {
      return resolve(request).handle(request);
    }
  }

  @Override
  protected Handler application() {
    Router router =
        Router.builder()
            .filter(noting("Inner"))
            .get("/thread", THREAD)
            .get("/thread/{name}", THREAD)
            .scope(Compression.gzip(), it -> it.get("/thread/of/gzip", THREAD))
            .get("/guarded/{name}", _ -> Response.text(200, "secret"))
            .get("/text", _ -> Response.text(200, "tea"))
            .get("/http", _ -> failWith(new HttpException(418, "short and stout")))
            .get("/fault", _ -> failWith(new IllegalStateException("on purpose")))
            .get("/fault/nonblocking", nonBlocking(_ -> failWith(new IllegalStateException("x"))))
            .get("/mapped", _ -> failWith(new NoSuchElementException("tea")))
            .post("/post", request -> Response.text(200, request.text()))
            .exception(
                NoSuchElementException.class,
                (_, e) -> Response.jsonError(404, "no " + e.getMessage()))
            .build();
    return new Application(THREAD, noting("Outer").then(GUARD).apply(router));
  }

  /** Puts the status that it sees into a field. */
  private static Filter noting(String field) {
    return Filter.nonBlocking(
        next ->
            request -> {
              Response response = next.handle(request);
              return response.header(field, String.valueOf(response.status()));
            });
  }

  private static Response failWith(RuntimeException failure) {
    throw failure;
  }

  private static void expectNoted(Reply reply, int status) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.field("Inner")).isEqualTo("" + status);
    assertThat(reply.field("Outer")).isEqualTo("" + status);
  }

  /**
   * Where a handler that never blocks stays on the thread of its connection, it does so behind
   * filters. (An event loop that cannot isolate handlers' thread-locals gives each call a thread.)
   */
  @ParameterizedTest
  @ValueSource(strings = {"/thread", "/thread/tea", "/thread/of/gzip"})
  void nonBlockingRoute_behindFiltersThatDoNotBlock_runsWhereAnUnfilteredOneDoes(String path)
      throws IOException {
    try (WireClient client = connect()) {
      String thread = client.get("/plain").read().field("Thread");
      boolean stays = client.get("/plain").read().field("Thread").equals(thread);
      for (int i = 0; i < 5; i++) {
        client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
        Reply reply = client.read();
        expectNoted(reply, 200);
        assertThat(reply.field("Thread").equals(thread)).isEqualTo(stays);
        assertThat(reply.first("Content-Encoding").isPresent()).isEqualTo(path.endsWith("gzip"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/none, 404, not found",
    "/http, 418, short and stout",
    "/fault, 500, internal server error",
    "/fault/nonblocking, 500, internal server error",
    "/mapped, 404, no tea",
    "/post, 405, method not allowed"
  })
  void get_error_passesTheFilters(String path, int status, String message) throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.get(path).read();
      expectNoted(reply, status);
      assertThat(reply.text()).isEqualTo("{\"error\":\"" + message + "\"}");
      assertThat(reply.first("Allow").isPresent()).isEqualTo(status == 405);
      expectNoted(client.get("/text").read(), 200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/guarded/x",
        "/%67uarded/x",
        "/g%75%61rded/x",
        "/./guarded/x",
        "/text/../guarded/x",
        "/%2E/guarded/x",
        "/text/%2e%2E/%67uarded/x",
        "http://localhost/%67uarded/x"
      })
  void get_pathWrittenDifferently_doesNotPassAFilterByPrefix(String target) throws IOException {
    try (WireClient client = connect()) {
      expectNoted(client.get(target).read(), 403);
    }
  }

  @Test
  void head_optionsAndOtherMethods_passTheFilters() throws IOException {
    try (WireClient client = connect()) {
      Reply head = client.send("HEAD /text HTTP/1.1\r\nHost: a\r\n\r\n").read(true);
      expectNoted(head, 200);
      assertThat(head.field("Content-Length")).isEqualTo("3");
      expectNoted(client.send("HEAD /fault HTTP/1.1\r\nHost: a\r\n\r\n").read(true), 500);
      Reply options = client.send("OPTIONS /text HTTP/1.1\r\nHost: a\r\n\r\n").read();
      expectNoted(options, 204);
      assertThat(options.field("Allow")).isEqualTo("GET, HEAD, OPTIONS");
      Reply delete = client.send("DELETE /text HTTP/1.1\r\nHost: a\r\n\r\n").read();
      expectNoted(delete, 405);
      assertThat(delete.field("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }
  }

  @ParameterizedTest
  @CsvSource({"/none, 404", "/text, 405"})
  void post_bodyThatIsHeldBack_isAnsweredWithoutAskingForIt(String path, int status)
      throws IOException {
    try (WireClient client = connect()) {
      client.send(
          "POST "
              + path
              + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      expectNoted(client.read(), status);
    }
  }
}
