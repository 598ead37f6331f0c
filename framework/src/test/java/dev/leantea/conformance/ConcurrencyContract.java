package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Handlers that block, and clients that leave. */
public abstract class ConcurrencyContract extends ServerContract {
  private static final int BLOCKED = 500;

  @Test
  void blockingHandlers_500AtOnce_allRunAndOthersAreServed() throws Exception {
    // All of them wait for each other: with fewer threads than requests none would ever answer.
    var barrier = new CyclicBarrier(BLOCKED + 1);
    Handler waiting =
        _ -> {
          barrier.await();
          return Response.text(200, "met");
        };
    Handler routes =
        Router.builder()
            .get("/wait", waiting)
            .get("/health", Handler.nonBlocking(_ -> Response.text(200, "ok")))
            .build();
    try (Server server = serve(routes, Limits.DEFAULTS)) {
      List<WireClient> clients = ask(server, BLOCKED, "/wait");
      expectServed(server, "/health");
      barrier.await();
      expectAnswers(clients, "met");
    }
  }

  @Test
  void synchronizedHandlers_waitForEachOtherWithoutHoldingTheLoop() throws Exception {
    Object monitor = new Object();
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    Handler locked =
        _ -> {
          synchronized (monitor) {
            entered.countDown();
            release.await();
          }
          return Response.text(200, "through");
        };
    Handler routes =
        Router.builder().get("/locked", locked).get("/free", _ -> Response.text(200, "ok")).build();
    try (Server server = serve(routes, Limits.DEFAULTS)) {
      List<WireClient> clients = ask(server, 20, "/locked");
      entered.await();
      for (int i = 0; i < 20; i++) {
        expectServed(server, "/free");
      }
      release.countDown();
      expectAnswers(clients, "through");
    }
  }

  /** Sends a request on each of so many connections. */
  private static List<WireClient> ask(Server server, int count, String path) throws IOException {
    var clients = new ArrayList<WireClient>();
    for (int i = 0; i < count; i++) {
      clients.add(new WireClient(server.port()).get(path));
    }
    return clients;
  }

  private static void expectServed(Server server, String path) throws IOException {
    try (var other = new WireClient(server.port())) {
      assertThat(other.get(path).read().text()).isEqualTo("ok");
    }
  }

  private static void expectAnswers(List<WireClient> clients, String text) throws IOException {
    for (WireClient client : clients) {
      assertThat(client.read().text()).isEqualTo(text);
      client.close();
    }
  }

  @Test
  void handlerWritesToAClientThatLeft_getsAnIOException() throws Exception {
    var failed = new CountDownLatch(1);
    Response endless =
        Response.stream(
            200,
            MediaType.TEXT,
            out -> {
              try {
                while (true) {
                  out.write(new byte[1000]);
                  out.flush();
                }
              } catch (IOException e) {
                failed.countDown();
                throw e;
              }
            });
    try (Server server =
        serve(_ -> endless, Limits.DEFAULTS.withStallTimeout(Duration.ofSeconds(5)))) {
      var client = new WireClient(server.port());
      client.get("/").socket().getInputStream().readNBytes(100);
      client.reset();
      assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void handlerReadsFromAClientThatLeft_getsAnIOException() throws Exception {
    var reading = new CountDownLatch(1);
    var failed = new CountDownLatch(1);
    Handler reader =
        request -> {
          reading.countDown();
          try {
            request.bytes();
          } catch (IOException e) {
            failed.countDown();
            throw e;
          }
          return Response.empty(204);
        };
    try (Server server = serve(reader, Limits.DEFAULTS)) {
      var client = new WireClient(server.port());
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
      reading.await();
      client.reset();
      assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void manyConnections_openAndIdle_othersAreServed() throws Exception {
    var held = new ArrayList<WireClient>();
    for (int i = 0; i < 1000; i++) {
      WireClient client = connect();
      client.get("/health");
      held.add(client);
    }
    for (WireClient client : held) {
      assertThat(client.read().text()).isEqualTo("ok");
    }
    try (WireClient other = connect()) {
      assertThat(other.get("/health/blocking").read().text()).isEqualTo("ok");
    }
    for (WireClient client : held) {
      client.close();
    }
  }
}
