package dev.leantea.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.MediaType;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.testing.TestServer;
import dev.leantea.testing.TestWebSocket;
import dev.leantea.websocket.WebSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {
  private static final Request REQUEST = Request.of(Method.GET, "/");

  private static final Handler HANDLER =
      RequestIds.filter().apply(_ -> Response.text(200, RequestIds.current().orElse("none")));

  private static String id(Response response) {
    return response.headers().first("X-Request-Id").orElseThrow();
  }

  @Test
  void filter_validId_isTaken() throws Exception {
    Response response = HANDLER.handle(REQUEST.withHeader("X-Request-Id", "a-B_1.c"));
    assertThat(id(response)).isEqualTo("a-B_1.c");
    assertThat(response.bodyText()).isEqualTo("a-B_1.c");
    assertThat(RequestIds.current()).as("outside").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\tb", "a\"b", "a=b", "\u00fc", "{}", "a/b"})
  void filter_invalidId_isReplaced(String forged) throws Exception {
    String id = id(HANDLER.handle(REQUEST.withHeader("X-Request-Id", forged)));
    assertThat(id).isNotEqualTo(forged).matches("[0-9a-f]{24}");
  }

  @Test
  void filter_tooLongId_isReplaced() throws Exception {
    String longest = "x".repeat(64);
    assertThat(id(HANDLER.handle(REQUEST.withHeader("X-Request-Id", longest)))).isEqualTo(longest);
    assertThat(id(HANDLER.handle(REQUEST.withHeader("X-Request-Id", longest + "x")))).hasSize(24);
  }

  @Test
  void filter_noId_isMade_anotherEachTime() throws Exception {
    Response response = HANDLER.handle(REQUEST);
    assertThat(response.bodyText()).isEqualTo(id(response));
    assertThat(id(HANDLER.handle(REQUEST))).isNotEqualTo(id(response));
  }

  @Test
  void filter_idOfTheAccessLog_isKept() throws Exception {
    Request request = RequestIds.identified(REQUEST);
    assertThat(id(HANDLER.handle(request))).isEqualTo(RequestIds.of(request).orElseThrow());
  }

  @Test
  void filter_twice_oneId() throws Exception {
    Response response = RequestIds.filter().apply(HANDLER).handle(REQUEST);
    assertThat(response.headers().all("X-Request-Id")).containsExactly(response.bodyText());
  }

  @Test
  void filter_streamedBody_seesTheId() throws Exception {
    Handler streaming =
        RequestIds.filter()
            .apply(
                _ ->
                    Response.stream(
                        200,
                        MediaType.TEXT,
                        out ->
                            out.write(
                                RequestIds.current()
                                    .orElse("none")
                                    .getBytes(StandardCharsets.UTF_8))));
    Response response = streaming.handle(REQUEST);
    assertThat(response.bodyText()).isEqualTo(id(response));
  }

  @Test
  void filter_upgrade_seesTheId() {
    Handler upgrading =
        RequestIds.filter()
            .apply(
                request ->
                    WebSocket.accept(
                        request, socket -> socket.send(RequestIds.current().orElse("none"))));
    try (TestServer server = TestServer.inMemory(upgrading);
        TestWebSocket socket = server.client().webSocket("/")) {
      assertThat(socket.headers().first("X-Request-Id")).contains(socket.receiveText());
    }
  }

  @Test
  void filter_failure_hasTheIdToo() throws Exception {
    Handler failing =
        RequestIds.filter()
            .apply(
                _ -> {
                  throw HttpException.of(404, "no such tea");
                });
    Response response = failing.handle(REQUEST.withHeader("X-Request-Id", "abc"));
    assertThat(response.status()).isEqualTo(404);
    assertThat(id(response)).isEqualTo("abc");
  }

  @Test
  void filter_neverBlocks() {
    Handler handler = RequestIds.filter().apply(Handler.nonBlocking(_ -> Response.empty(204)));
    assertThat(handler.execution()).isEqualTo(Execution.NON_BLOCKING);
  }
}
