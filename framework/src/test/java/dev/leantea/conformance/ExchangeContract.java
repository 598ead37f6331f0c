package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.BodyWriter;
import dev.leantea.http.CompletedExchange;
import dev.leantea.http.CompletedExchange.Outcome;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.http.UpgradedConnection;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What an exchange leaves behind: its notification, its memory, its thread. */
public abstract class ExchangeContract extends ServerContract {
  private static final long TIMEOUT_SECONDS = 30;
  private static final int PIECE = 4 * 1024;

  private final BlockingQueue<CompletedExchange> completed = new LinkedBlockingQueue<>();

  private static Handler routes() {
    return Router.builder()
        .get("/ok", nonBlocking(_ -> Response.text(200, "ok")))
        .get("/blocking/{id}", request -> Response.text(200, request.path("id")))
        .get(
            "/stream",
            _ -> Response.stream(200, MediaType.TEXT, out -> out.write(new byte[50_000])))
        .get("/broken", _ -> Response.stream(200, MediaType.TEXT, ExchangeContract::breakOff))
        .get("/endless", _ -> Response.stream(200, MediaType.TEXT, ExchangeContract::writeForEver))
        .post("/echo", request -> Response.bytes(200, MediaType.OCTET_STREAM, request.bytes()))
        .build();
  }

  private static void breakOff(OutputStream out) throws Exception {
    out.write('a');
    out.flush();
    out.write('b');
    throw new IOException("on purpose");
  }

  private static void writeForEver(OutputStream out) throws Exception {
    while (true) {
      out.write(new byte[10_000]);
    }
  }

  private Server observed(Limits limits) {
    return serve(onLoopback().withLimits(limits).withExchangeListener(completed::add), routes());
  }

  private CompletedExchange next() throws InterruptedException {
    CompletedExchange exchange = completed.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (exchange == null) {
      throw new AssertionError("expected the listener to be notified");
    }
    return exchange;
  }

  private static String untilEnd(WireClient client) throws IOException {
    byte[] all = client.socket().getInputStream().readAllBytes();
    return new String(all, StandardCharsets.ISO_8859_1);
  }

  private static void assertEnded(
      CompletedExchange exchange, String route, int status, long bytes, Outcome outcome) {
    assertThat(exchange.outcome()).isEqualTo(outcome);
    assertThat(exchange.status()).isEqualTo(status);
    assertThat(exchange.bytes()).isEqualTo(bytes);
    assertThat(exchange.route()).isEqualTo(route);
    assertThat(exchange.duration()).isGreaterThanOrEqualTo(java.time.Duration.ZERO);
  }

  @Test
  void listener_answeredExchanges_routeStatusAndBytes() throws Exception {
    Server server = observed(Limits.DEFAULTS);
    try (var client = new WireClient(server.port())) {
      client.get("/ok").read();
      assertEnded(next(), "/ok", 200, 2, Outcome.COMPLETED);
      client.get("/blocking/seven").read();
      assertEnded(next(), "/blocking/{id}", 200, 5, Outcome.COMPLETED);
      client.get("/stream").read();
      assertEnded(next(), "/stream", 200, 50_000, Outcome.COMPLETED);
      client.get("/none").read();
      CompletedExchange notFound = next();
      assertEnded(notFound, "", 404, notFound.bytes(), Outcome.COMPLETED);
      assertThat(notFound.request().orElseThrow().path()).isEqualTo("/none");
    } finally {
      server.close();
    }
  }

  @Test
  void listener_refusedRequests_reasonAndNoRequest() throws Exception {
    Server server = observed(Limits.DEFAULTS);
    try (var client = new WireClient(server.port())) {
      client.send("GET / HTTP/1.1\r\nHost : a\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(400);
      CompletedExchange refused = next();
      assertEnded(refused, "", 400, 0, Outcome.REFUSED);
      assertThat(refused.request()).isEmpty();
      assertThat(refused.reason()).contains("field line");
    } finally {
      server.close();
    }
  }

  @Test
  void listener_streamThatBreaksOff_isAborted_andSendsWhatWasWritten() throws Exception {
    Server server = observed(Limits.DEFAULTS);
    try (var client = new WireClient(server.port())) {
      client.get("/broken");
      assertThat(untilEnd(client)).endsWith("\r\n\r\n1\r\na\r\n1\r\nb\r\n");
      assertEnded(next(), "/broken", 200, 2, Outcome.ABORTED);
    } finally {
      server.close();
    }
  }

  @Test
  void listener_clientThatLeaves_isDisconnected() throws Exception {
    Server server = observed(Limits.DEFAULTS);
    try (var client = new WireClient(server.port())) {
      client.get("/endless");
      client.readHead(200); // a reset discards what the server has not read yet
      client.reset();
      CompletedExchange left = next();
      assertThat(left.outcome()).isEqualTo(Outcome.DISCONNECTED);
      assertThat(left.route()).isEqualTo("/endless");
    } finally {
      server.close();
    }
  }

  @Test
  void bodies_beyondWhatTheServerHoldsTogether_503_andServedAgainAfterwards() throws Exception {
    Limits limits = Limits.DEFAULTS.withBodyInMemory(60_000).withBodiesInMemory(100_000);
    Server server = observed(limits);
    String head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n";
    byte[] body = new byte[60_000];
    try (var first = new WireClient(server.port());
        var second = new WireClient(server.port())) {
      first.send(head.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
      var _ = first.readHead(100); // its handler has asked for the body: the memory is reserved
      second.send(head).send(body);
      Reply refused = second.read();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text()).contains("memory");
      first.send(body);
      assertThat(first.read().body()).hasSize(60_000);
      try (var third = new WireClient(server.port())) {
        third.send(head).send(body);
        assertThat(third.read().status()).isEqualTo(200);
      }
    } finally {
      server.close();
    }
  }

  @Test
  void onClose_anyResponse_isCalledOnce() throws Exception {
    BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    Server server = serve(closing(closed), Limits.DEFAULTS);
    try (var client = new WireClient(server.port())) {
      for (String name : new String[] {"text", "inline", "stream"}) {
        client.get("/" + name).read();
        assertThat(closed.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo(name);
      }
      client.send("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n").read(true);
      assertThat(closed.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("stream");
      client.get("/broken");
      untilEnd(client);
      assertThat(closed.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("broken");
    } finally {
      server.close();
    }
    assertThat(closed).isEmpty();
  }

  /** Each path's name is added when its response is closed. */
  private static Handler closing(BlockingQueue<String> closed) {
    return Router.builder()
        .get("/text", _ -> Response.text(200, "ok").onClose(() -> closed.add("text")))
        .get("/inline", nonBlocking(_ -> Response.empty(204).onClose(() -> closed.add("inline"))))
        .get("/stream", _ -> ok(out -> out.write('a')).onClose(() -> closed.add("stream")))
        .get("/broken", _ -> ok(ExchangeContract::breakOff).onClose(() -> closed.add("broken")))
        .build();
  }

  private static Response ok(BodyWriter writer) {
    return Response.stream(200, MediaType.TEXT, writer);
  }

  private static final ThreadLocal<String> LEFT = new ThreadLocal<>();

  /** Leaves a thread-local and an interrupt, and answers what it has seen of them. */
  @SuppressWarnings("unused") // of a handler
  private static Response leave(Request request) {
    String seen = LEFT.get() + " " + Thread.currentThread().isInterrupted();
    LEFT.set("left behind");
    Thread.currentThread().interrupt();
    return Response.text(200, seen);
  }

  @Test
  void handlers_seeNoThreadLocalAndNoInterruptOfOthers() throws Exception {
    Handler streaming =
        _ -> {
          Thread.currentThread().interrupt();
          return Response.stream(200, MediaType.TEXT, out -> out.write(new byte[100_000]));
        };
    Handler routes =
        Router.builder()
            .get("/blocking", ExchangeContract::leave)
            .get("/nonBlocking", nonBlocking(ExchangeContract::leave))
            .get("/stream", streaming)
            .build();
    Server server = serve(routes, Limits.DEFAULTS);
    try (var client = new WireClient(server.port())) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.get("/blocking").read().text()).isEqualTo("null false");
        assertThat(client.get("/nonBlocking").read().text()).isEqualTo("null false");
        assertThat(client.get("/stream").read().body()).hasSize(100_000);
      }
    } finally {
      server.close();
    }
  }

  @Test
  void upgraded_endOutputWhileAnotherThreadIsStalled_doesNotWait() throws Exception {
    var stalled = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    Handler upgrade =
        _ ->
            Response.upgrade(
                "tea",
                connection -> {
                  Thread writer =
                      Thread.startVirtualThread(() -> writeUntilStalled(connection, stalled));
                  stalled.await();
                  connection.endOutput(new byte[] {'z'});
                  ended.countDown(); // although the writer is stalled until the client reads
                  writer.join();
                });
    Server server = serve(upgrade, Limits.DEFAULTS);
    try (var client = new WireClient(server.port())) {
      client.upgrade("/", "tea");
      ended.await();
      assertThat(untilEnd(client)).endsWith("z");
    } finally {
      server.close();
    }
  }

  /** Counts down when the socket's buffers hold what they can, and the writer waits. */
  private static void writeUntilStalled(UpgradedConnection connection, CountDownLatch stalled) {
    Thread writer = Thread.currentThread();
    Thread.startVirtualThread(
        () -> {
          while (writer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
          stalled.countDown();
        });
    try {
      byte[] piece = new byte[64 * 1024];
      for (int i = 0; i < 400; i++) {
        connection.output().write(piece);
        connection.output().flush();
      }
    } catch (IOException e) {
      stalled.countDown(); // the output has ended
    }
  }

  /** The connection's thread waits for input, again and again, while another one writes. */
  @Test
  void upgraded_readAndWrittenByTwoThreads_noByteIsLostOrDoubled() throws Exception {
    int rounds = 4000;
    Server server = serve(counting(rounds), Limits.DEFAULTS);
    try (var client = new WireClient(server.port())) {
      client.upgrade("/", "tea");
      assertThat(client.readHead(101)).isNotEmpty();
      var enough = new AtomicBoolean();
      Thread sender = Thread.startVirtualThread(() -> dribble(client, enough));
      for (int i = 0; i < rounds; i++) {
        assertThat(client.readBytes(PIECE)).as("piece %d", i).isEqualTo(piece(i));
      }
      enough.set(true);
      sender.join();
      client.shutdownOutput();
    } finally {
      server.close();
    }
  }

  private static Handler counting(int rounds) {
    return _ ->
        Response.upgrade(
            "tea",
            connection -> {
              Thread writer = Thread.startVirtualThread(() -> count(connection, rounds));
              connection.input().readAllBytes();
              writer.join();
            });
  }

  private static byte[] piece(int number) {
    return "%08d".formatted(number).repeat(PIECE / 8).getBytes(StandardCharsets.US_ASCII);
  }

  private static void count(UpgradedConnection connection, int rounds) {
    try {
      for (int i = 0; i < rounds; i++) {
        connection.output().write(piece(i));
        connection.output().flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One byte after the other, so that the server's thread comes back to wait as often. */
  private static void dribble(WireClient client, AtomicBoolean enough) {
    try {
      while (!enough.get()) {
        client.send("x");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
