package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Cookie;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.MediaType;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.sse.Event;
import dev.leantea.sse.Sse;
import dev.leantea.testing.TestClient;
import dev.leantea.testing.TestEvents;
import dev.leantea.testing.TestProblem;
import dev.leantea.testing.TestServer;
import dev.leantea.testing.TestWebSocket;
import dev.leantea.websocket.CloseReason;
import dev.leantea.websocket.Message;
import dev.leantea.websocket.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** What tests of applications rely on: the same over a socket and in memory. */
public abstract class TestServerScenes {
  private record Tea(String name, int minutes) {}

  /** The server under test; its clients know no difference. */
  protected abstract TestServer start(Handler handler);

  private static final Cookie SESSION = Cookie.of("__Host-s", "1").path("/").secure();

  private static Handler routes() {
    return Router.builder()
        .get("/teas/{id}", it -> Response.jsonObj(200, new Tea(it.path("id"), 3)))
        .get("/teas", _ -> Response.jsonObj(200, List.of(new Tea("a", 1), new Tea("b", 2))))
        .post("/teas", it -> Response.jsonObj(201, it.json(Tea.class)))
        .route(Method.of("PUT"), "/teas", it -> Response.text(200, "put " + it.text()))
        .route(Method.PATCH, "/teas", it -> Response.text(200, "patched " + it.text()))
        .delete("/teas/{id}", _ -> Response.empty(204))
        .get("/fault", _ -> fail(new IllegalStateException("secret")))
        .get("/refusal", _ -> fail(HttpException.of(409, "sold out").field("/items/0/a b", "gone")))
        .get("/login", _ -> Response.empty(204).cookie(SESSION))
        .get("/logout", _ -> Response.empty(204).cookie(SESSION.maxAge(Duration.ZERO)))
        .get("/whoami", it -> Response.text(200, it.cookie("__Host-s").orElse("nobody")))
        .get(
            "/stream",
            _ -> Response.stream(200, MediaType.TEXT, out -> out.write(new byte[100_000])))
        .build();
  }

  private static Response fail(RuntimeException e) {
    throw e;
  }

  @Test
  void json_inAndOut() {
    try (TestServer server = start(routes())) {
      TestClient client = server.client();
      assertThat(client.get("/teas/x%20y").expect(200).json(Tea.class))
          .isEqualTo(new Tea("x y", 3));
      assertThat(client.get("/teas").json(new TypeReference<List<Tea>>() {})).hasSize(2);
      assertThat(client.post("/teas", new Tea("c", 4)).expect(201).json(Tea.class))
          .isEqualTo(new Tea("c", 4));
      assertThat(client.put("/teas", 1).text()).isEqualTo("put 1");
      assertThat(client.patch("/teas", Map.of("a", 2)).text()).isEqualTo("patched {\"a\":2}");
      assertThat(client.delete("/teas/1").expect(204).bytes()).isEmpty();
      assertThat(client.send(Request.of(Method.HEAD, "/teas")).expect(200).bytes()).isEmpty();
      assertThat(client.get("/stream").bytes()).hasSize(100_000);
    }
  }

  @Test
  void failures_areTheServersAnswers() {
    try (TestServer server = start(routes())) {
      TestClient client = server.client();
      client.get("/none").expectProblem(404);
      assertThat(client.get("/fault").expectProblem(500).detail())
          .isEqualTo("internal server error");
      TestProblem problem = client.get("/refusal").expectProblem(409);
      assertThat(problem.expectError("/items/0/a b", "gone").fields())
          .containsExactly("/items/0/a b");
      client.post("/teas", Map.of("minutes", "x")).expectProblem(400).expectError("/minutes");
    }
  }

  @Test
  void expectations_thatFail_showTheAnswer() {
    try (TestServer server = start(routes())) {
      TestClient client = server.client();
      assertThatThrownBy(() -> client.get("/teas/7").expect(404))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("expected status 404, got the answer to GET /teas/7 HTTP/1.1:\n200")
          .hasMessageContaining("{\"name\":\"7\",\"minutes\":3}");
      assertThatThrownBy(() -> client.get("/teas").expectProblem(200))
          .isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> client.get("/teas").json(Tea.class))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("expected an object, got a list");
      TestProblem problem = client.get("/refusal").expectProblem(409);
      assertThatThrownBy(() -> problem.expectError("/other")).isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> problem.expectError("/items/0/a b", "here"))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void cookies_areKeptByOneClient() {
    try (TestServer server = start(routes())) {
      TestClient client = server.client();
      client.get("/login").expect(204);
      assertThat(client.get("/whoami").text()).isEqualTo("1");
      assertThat(server.client().get("/whoami").text()).isEqualTo("nobody");
      client.get("/logout").expect(204);
      assertThat(client.get("/whoami").text()).isEqualTo("nobody");
      client.get("/login").expect(204);
      client.clearCookies();
      assertThat(client.get("/whoami").text()).isEqualTo("nobody");
    }
  }

  @Test
  void events_areReadAsTheyCome() {
    var sent = new CountDownLatch(1);
    Handler handler =
        _ ->
            Sse.events(
                events -> {
                  events.send(Event.of("a\nb").event("tea").id("7"));
                  sent.await();
                  events.send("last");
                });
    try (TestServer server = start(handler);
        TestEvents events = server.client().events("/live")) {
      assertThat(events.next()).isEqualTo(new TestEvents.Received("tea", "7", "a\nb"));
      sent.countDown();
      assertThat(events.next()).isEqualTo(new TestEvents.Received("message", "7", "last"));
      events.expectEnd();
      assertThat(events.headers().first("Cache-Control")).contains("no-store");
    }
  }

  @Test
  void events_anotherAnswer_fails() {
    try (TestServer server = start(routes())) {
      TestClient client = server.client();
      assertThatThrownBy(() -> client.events("/teas"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("expected 200 with text/event-stream");
    }
  }

  @Test
  void events_clientThatLeaves_endsTheSender() throws Exception {
    var ended = new CountDownLatch(1);
    Handler handler =
        _ ->
            Sse.events(
                events -> {
                  try {
                    while (true) {
                      events.send("x".repeat(10_000));
                    }
                  } finally {
                    ended.countDown();
                  }
                });
    try (TestServer server = start(handler)) {
      try (TestEvents events = server.client().events("/live")) {
        assertThat(events.next().data()).hasSize(10_000);
      }
      ended.await();
    }
  }

  @Test
  void webSocket_messagesBothWays_andTheClose() {
    Handler handler =
        request ->
            WebSocket.accept(
                request,
                socket -> {
                  for (Message m = socket.receive(); m != null; m = socket.receive()) {
                    socket.send(m);
                  }
                });
    try (TestServer server = start(handler);
        TestWebSocket socket = server.client().webSocket("/chat")) {
      socket.send("hello");
      assertThat(socket.receiveText()).isEqualTo("hello");
      for (int size : new int[] {0, 125, 126, 0xFFFF, 0x10000}) {
        socket.send(new byte[size]);
        assertThat(socket.receive())
            .isInstanceOfSatisfying(
                Message.Binary.class, it -> assertThat(it.bytes()).hasSize(size));
      }
      socket.close(4000, "bye");
      assertThat(socket.expectClose().code()).isEqualTo(4000);
    }
  }

  @Test
  void webSocket_closedByTheApplication() {
    Handler handler =
        request ->
            WebSocket.accept(
                request,
                socket -> {
                  socket.close(4001, "full");
                  assertThat(socket.receive()).isNull();
                });
    try (TestServer server = start(handler);
        TestWebSocket socket = server.client().webSocket("/chat")) {
      assertThat(socket.expectClose()).isEqualTo(new CloseReason(4001, "full"));
    }
  }

  @Test
  void webSocket_refused_fails() {
    try (TestServer server = start(routes())) {
      TestClient client = server.client();
      assertThatThrownBy(() -> client.webSocket("/teas"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("expected a WebSocket, got 200");
    }
  }
}
