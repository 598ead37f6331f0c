package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Readiness;
import dev.leantea.backend.Server;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.filter.Compression;
import dev.leantea.http.BodyWriter;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.sse.Broadcast;
import dev.leantea.sse.Sse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * {@code Server.close()}: what was accepted is answered, what is idle is closed, then all is cut.
 */
public abstract class DrainContract extends ServerContract {
  /** A handler that the test holds open. */
  private static final class Gate implements Handler {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);

    @Override
    public Response handle(dev.leantea.http.Request request) throws InterruptedException {
      entered.countDown();
      open.await();
      return Response.text(200, "done");
    }
  }

  @Test
  void close_requestInFlight_isAnsweredWithClose() throws Exception {
    var gate = new Gate();
    Server server = serve(gate, Limits.DEFAULTS);
    try (var client = new WireClient(server.port());
        var unused = new WireClient(server.port())) {
      client.get("/");
      gate.entered.await();
      Thread closing = Thread.startVirtualThread(server::close);
      unused.expectEnd(); // closed by the drain, so it has begun
      gate.open.countDown();
      Reply reply = client.read();
      assertThat(reply.text()).isEqualTo("done");
      assertThat(reply.field("Connection")).isEqualTo("close");
      client.expectEnd();
      closing.join();
    }
    server.join();
  }

  @Test
  void close_streamBegunBefore_endsAndThenTheConnection() throws Exception {
    var entered = new CountDownLatch(1);
    var open = new CountDownLatch(1);
    BodyWriter writer = out -> writeAround(out, entered, open);
    Handler stream = _ -> Response.stream(200, MediaType.TEXT, writer);
    // Far longer than a test may take: it must not be the limit that ends the connection.
    Server server = serve(stream, Limits.DEFAULTS.withDrainTimeout(Duration.ofHours(1)));
    try (var client = new WireClient(server.port());
        var unused = new WireClient(server.port())) {
      client.get("/");
      entered.await();
      Thread closing = Thread.startVirtualThread(server::close);
      unused.expectEnd(); // closed by the drain, so it has begun
      open.countDown();
      assertThat(client.read().text()).isEqualTo("ab");
      client.expectEnd();
      closing.join();
    }
  }

  private static void writeAround(OutputStream out, CountDownLatch written, CountDownLatch goOn)
      throws Exception {
    out.write('a');
    out.flush();
    written.countDown();
    await(goOn);
    out.write('b');
  }

  /** The limit is far longer than a test may take: the stream itself has to end. */
  @Test
  void close_eventsWithoutEnd_learnOfItAndEndProperly() throws Exception {
    var broadcast = new Broadcast(10, Broadcast.Overflow.DISCONNECT);
    closeUnderEvents(_ -> Sse.events(broadcast));
  }

  /** A filter that wraps the body passes the signal on. */
  @Test
  void close_compressedEvents_learnOfItAndEndProperly() throws Exception {
    var broadcast = new Broadcast(10, Broadcast.Overflow.DISCONNECT);
    closeUnderEvents(Compression.gzip().apply(_ -> Sse.events(broadcast)));
  }

  private void closeUnderEvents(Handler events) throws Exception {
    Limits patient = Limits.DEFAULTS.withDrainTimeout(Duration.ofHours(1));
    Server server = serve(events, patient);
    try (var client = new WireClient(server.port())) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n");
      client.readHead(200);
      Thread closing = Thread.startVirtualThread(server::close);
      client.chunks().readAllBytes(); // fails where the last chunk is missing
      closing.join();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void connections_openIdleAndClosed_areCounted() throws Exception {
    Server server = serve(Handler.nonBlocking(_ -> Response.text(200, "ok")), Limits.DEFAULTS);
    assertThat(server.connections()).isZero();
    try (var one = new WireClient(server.port());
        var two = new WireClient(server.port())) {
      assertThat(one.get("/").read().text()).isEqualTo("ok");
      assertThat(two.get("/").read().text()).isEqualTo("ok");
      assertThat(server.connections()).isEqualTo(2);
    }
    server.close();
    assertThat(server.connections()).isZero();
  }

  @Test
  void close_withAReadinessCheck_turnsItTo503WhileAllElseIsServed() throws Exception {
    var readiness = new Readiness(Duration.ofHours(1)); // the test itself ends it
    Handler work = _ -> Response.text(200, "done");
    Handler routes = Router.builder().get("/ready", readiness).get("/work", work).build();
    Server server = serve(onLoopback().withReadiness(readiness), routes);
    try (var client = new WireClient(server.port())) {
      assertThat(client.get("/ready").read().status()).isEqualTo(200);
      Thread closing = Thread.ofPlatform().start(server::close);
      while (readiness.isReady()) {
        Thread.onSpinWait();
      }
      assertThat(client.get("/ready").read().status()).isEqualTo(503);
      try (var late = new WireClient(server.port())) {
        Reply reply = late.get("/work").read();
        assertThat(reply.text()).isEqualTo("done");
        assertThat(reply.field("Connection")).isEqualTo("keep-alive");
      }
      closing.interrupt();
      client.expectEnd();
      closing.join();
    }
    assertThatThrownBy(() -> new WireClient(server.port())).isInstanceOf(IOException.class);
  }

  @RepeatedTest(3)
  void close_underLoad_losesNoRequest() throws Exception {
    Server server = serve(application(), Limits.DEFAULTS);
    var served = new AtomicInteger();
    var warm = new CountDownLatch(200);
    List<String> lost = java.util.Collections.synchronizedList(new ArrayList<>());
    var clients = new ArrayList<Thread>();
    for (int i = 0; i < 16; i++) {
      String path = i % 2 == 0 ? "/health" : "/health/blocking";
      var client = new WireClient(server.port());
      assertThat(client.get(path).read().status())
          .isEqualTo(200); // a relay connects later than this
      clients.add(Thread.startVirtualThread(() -> load(client, path, served, warm, lost)));
    }
    warm.await();
    server.close();
    for (Thread client : clients) {
      client.join();
    }
    assertThat(lost).isEmpty();
    assertThat(served.get()).isGreaterThanOrEqualTo(200);
  }

  /** Sends requests on one connection until an answer says close; each must be answered. */
  private static void load(
      WireClient client,
      String path,
      AtomicInteger served,
      CountDownLatch warm,
      List<String> lost) {
    try (client) {
      String connection = "keep-alive";
      while (connection.equals("keep-alive")) {
        Reply reply = client.get(path).read();
        assertThat(reply.text()).isEqualTo("ok");
        connection = reply.field("Connection");
        served.incrementAndGet();
        warm.countDown();
      }
      client.expectEnd();
    } catch (IOException | AssertionError e) {
      lost.add(String.valueOf(e));
    }
  }
}
