package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Server;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code close()}, whoever calls it and how often, and what it does not wait for. */
@Timeout(120) // reached only when something hangs
public abstract class LifecycleContract extends ServerContract {
  /** Far longer than a test may take: close must return for another reason. */
  private static final Limits PATIENT = Limits.DEFAULTS.withDrainTimeout(Duration.ofHours(1));

  private static final int CLOSERS = 8;

  // ---- several calls

  @Test
  void close_again_returnsAtOnceWithoutAWarning() {
    try (var log = new RecordedLog()) {
      Server server = serve(application(), PATIENT);
      server.close();
      server.close();
      requireGone(server);
      assertThat(log.messages("")).isEmpty();
    }
  }

  @Test
  void close_byManyThreads_eachWaitsForTheEnd() throws Exception {
    try (var log = new RecordedLog()) {
      Server server = serve(application(), PATIENT);
      var gone = new CopyOnWriteArrayList<Boolean>();
      var closers = new ArrayList<Thread>();
      for (int i = 0; i < CLOSERS; i++) {
        closers.add(Thread.ofPlatform().start(() -> closeAndLook(server, gone)));
      }
      for (Thread closer : closers) {
        closer.join();
      }
      assertThat(gone).hasSize(CLOSERS).containsOnly(true);
      assertThat(log.messages("")).isEmpty();
    }
  }

  private static void closeAndLook(Server server, List<Boolean> gone) {
    server.close();
    try {
      new WireClient(server.port()).close();
      gone.add(false);
    } catch (IOException e) {
      gone.add(true);
    }
  }

  private static void requireGone(Server server) {
    assertThatThrownBy(() -> new WireClient(server.port())).isInstanceOf(IOException.class);
  }

  // ---- from a handler

  /** Handlers that close the server which they run on. */
  static Stream<Handler> closingHandlers() {
    return Stream.of(
        _ -> closed(),
        Handler.nonBlocking(_ -> closed()),
        request -> {
          request.bytes();
          return closed();
        },
        _ ->
            Response.stream(
                200,
                MediaType.TEXT,
                out -> {
                  closing().close();
                  out.write('c');
                  out.flush();
                  closing().close();
                  out.write("losed".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                }));
  }

  private static final List<CompletableFuture<Server>> CLOSING = new CopyOnWriteArrayList<>();

  private static Server closing() {
    return CLOSING.getLast().join();
  }

  private static Response closed() {
    closing().close();
    return Response.text(200, "closed");
  }

  @ParameterizedTest
  @MethodSource("closingHandlers")
  void close_inAHandler_itsAnswerArrives(Handler handler) throws Exception {
    var own = new CompletableFuture<Server>();
    CLOSING.add(own);
    Server server = serve(handler, PATIENT);
    own.complete(server);
    try (var client = new WireClient(server.port())) {
      Reply reply = client.get("/").read();
      assertThat(reply.text()).isEqualTo("closed");
      client.expectEnd();
    }
    server.join();
    requireGone(server);
  }

  // ---- what is not waited for

  @Test
  void close_clientsThatNeverClose_areNotWaitedFor() throws Exception {
    Server server = serve(application(), PATIENT);
    try (var idle = new WireClient(server.port());
        var unused = new WireClient(server.port());
        var answered = new WireClient(server.port())) {
      assertThat(idle.get("/health").read().text()).isEqualTo("ok");
      assertThat(answered.get("/close").read().text()).isEqualTo("bye");
      server.close();
      assertThat(server.connections()).isZero();
      idle.expectEnd();
      unused.expectEnd();
      answered.expectEnd();
    }
  }

  @Test
  void close_handlerWhoseClientHasLeft_isWaitedFor() throws Exception {
    var entered = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    Handler transaction =
        _ -> {
          entered.countDown();
          go.await();
          ended.countDown();
          return Response.empty(204);
        };
    Server server = serve(transaction, PATIENT);
    try (var client = new WireClient(server.port());
        var unused = new WireClient(server.port())) {
      client.get("/");
      entered.await();
      client.reset();
      Thread closer = Thread.ofPlatform().start(server::close);
      unused.expectEnd(); // closed by the drain, so it has begun
      assertThat(closer.isAlive()).isTrue();
      go.countDown();
      closer.join();
      assertThat(ended.getCount()).isZero();
    }
  }

  // ---- after the server

  @Test
  void closeOnShutdown_resources_areClosedInOrderWhenTheServerHasStopped() throws Exception {
    var events = new CopyOnWriteArrayList<String>();
    Handler handler =
        _ -> {
          events.add("handler");
          return Response.text(200, "ok");
        };
    Server server = serve(handler, PATIENT);
    assertThat(server.closeOnShutdown(() -> events.add("pool"), LifecycleContract::fail))
        .isSameAs(server);
    server.closeOnShutdown(() -> events.add("log"));
    try (var client = new WireClient(server.port())) {
      assertThat(client.get("/").read().text()).isEqualTo("ok");
    }
    try (var log = new RecordedLog()) {
      server.close();
      assertThat(log.messages("after the server failed")).hasSize(1);
    }
    assertThat(events).containsExactly("handler", "pool", "log");
    server.closeOnShutdown(() -> events.add("too late"));
    assertThat(events).contains("too late");
  }

  private static void fail() throws IOException {
    throw new IOException("on purpose");
  }

  // ---- nothing is left

  @Test
  void startAndClose_manyTimes_leavesNothing() throws Exception {
    var leaks = new Leaks();
    for (int round = 0; round < 200; round++) {
      startAndClose(leaks);
    }
    leaks.requireNone();
  }

  private void startAndClose(Leaks leaks) throws IOException {
    Server server = serve(application(), PATIENT);
    server.closeOnShutdown();
    try (var client = new WireClient(server.port())) {
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
    server.close();
    leaks.closed(server);
  }
}
