package dev.leantea.reactor;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.ContractApplication;
import dev.leantea.conformance.WireClient;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections, loops and the server end on io_uring. */
final class UringEngineTest extends UringServer {
  private static final ServerConfig LOOPBACK = ServerConfig.of(0).withHost("127.0.0.1");
  private static final long CHURN_NANOS = Duration.ofSeconds(3).toNanos();

  private final CountDownLatch busy = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  /** Its {@code /hold} holds the loop itself, from {@link #busy} until {@link #go}. */
  private final Handler held =
      Router.builder()
          .get(
              "/hold",
              nonBlocking(
                  _ -> {
                    busy.countDown();
                    go.await();
                    return Response.text(200, "held");
                  }))
          .get("/health", nonBlocking(_ -> Response.text(200, "ok")))
          .build();

  @ParameterizedTest
  @EnumSource
  void churn_connectsCutsAndResets_nothingLeaksOrMixes(Pools pools) throws Exception {
    serve(pools);
    long before = descriptors();
    long end = System.nanoTime() + CHURN_NANOS;
    together(
        CLIENTS,
        number -> {
          var random = new Random(number);
          while (System.nanoTime() - end < 0) {
            misbehave(random);
          }
        });
    expectQuiet();
    awaitDescriptors(before);
    try (WireClient client = connect()) {
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  /** A client that left at once may be accepted when all others are gone. */
  private static void awaitDescriptors(long count) throws IOException {
    while (descriptors() != count) {
      Thread.onSpinWait();
    }
  }

  private void misbehave(Random random) throws IOException {
    try (WireClient client = connect()) {
      switch (random.nextInt(7)) {
        case 0 -> {} // closed at once
        case 1 -> client.reset();
        case 2 -> client.send("GET /hea");
        case 3 -> resetWhileItSends(client, random);
        case 4 -> resetWithHalfABody(client, random);
        case 5 -> client.get("/sleep/1").reset();
        default -> {
          byte[] body = random(random, 5_000);
          assertThat(client.post("/echo", body).read().body()).isEqualTo(body);
        }
      }
    }
  }

  private static void resetWhileItSends(WireClient client, Random random) throws IOException {
    client.get("/bytes/400000");
    client.socket().getInputStream().readNBytes(1 + random.nextInt(2000));
    client.reset();
  }

  private static void resetWithHalfABody(WireClient client, Random random) throws IOException {
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n");
    client.send(random(random, 80_000));
    client.reset();
  }

  @Test
  void close_sendsInFlight_areCancelledAndNothingStays() throws Exception {
    Limits impatient = Limits.DEFAULTS.withDrainTimeout(Duration.ofMillis(100));
    serve(Pools.DEFAULT, ContractApplication.routes(), impatient, "127.0.0.1");
    try (WireClient first = connect();
        WireClient second = connect()) {
      first.get("/bytes/30000000"); // nobody reads: the sends cannot end
      second.get("/bytes/30000000");
      first.socket().getInputStream().readNBytes(1);
      second.socket().getInputStream().readNBytes(1);
      server().close();
    }
    assertThat(engine().openSockets()).isZero();
  }

  @Test
  void close_connectionsThatTheKernelHolds_areServed() throws Exception {
    serve(Pools.DEFAULT, held, Limits.DEFAULTS, "127.0.0.1");
    try (WireClient first = connect()) {
      first.get("/hold");
      busy.await();
      List<WireClient> waiting = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        waiting.add(connect().get("/health"));
      }
      Thread closer = Thread.startVirtualThread(server()::close);
      go.countDown();
      assertThat(first.read().text()).isEqualTo("held");
      for (WireClient client : waiting) {
        assertThat(client.read().text()).isEqualTo("ok");
        client.close();
      }
      closer.join();
    }
  }

  @ParameterizedTest
  @EnumSource
  void reset_rightBehindBytes_isSeenWithoutATimeout(Pools pools) throws Exception {
    Duration never = Duration.ofHours(1);
    Limits patient = Limits.DEFAULTS.withHeadTimeout(never).withIdleTimeout(never);
    serve(pools, held, patient, "127.0.0.1");
    List<WireClient> others = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      WireClient other = connect();
      assertThat(other.get("/health").read().text()).isEqualTo("ok");
      others.add(other);
    }
    try (WireClient first = connect()) {
      first.get("/hold");
      busy.await();
      for (WireClient other : others) {
        other.send("GET /health HTTP/1.1\r\nX-Half: " + "x".repeat(600));
        other.reset(); // both are there when the loop looks again
      }
      go.countDown();
      assertThat(first.read().text()).isEqualTo("held");
    }
    expectQuiet();
  }

  @Test
  void wakeup_afterTheEngineIsClosed_doesNothing() {
    serve(Pools.DEFAULT);
    server().close();
    engine().wakeup();
    assertThat(engine().openSockets()).isZero();
  }

  private static void failIf(AtomicBoolean fails) throws IOException {
    if (fails.get()) {
      throw new IOException("on purpose");
    }
  }

  @Test
  void close_loopFailedWhileItServes_endsAllAndLeavesNothing() throws Exception {
    var fails = new AtomicBoolean();
    running =
        ReactorServer.start(
            LOOPBACK,
            ContractApplication.routes(),
            1,
            loop -> {
              UringEngine engine = UringEngine.open(loop);
              opened = engine;
              return new HookedEngine(engine, () -> failIf(fails));
            });
    try (WireClient idle = connect();
        WireClient sending = connect()) {
      assertThat(idle.get("/health").read().text()).isEqualTo("ok");
      sending.get("/bytes/30000000").socket().getInputStream().readNBytes(1);
      fails.set(true);
      idle.expectEnd();
      server().join();
    }
    assertThat(engine().isQuiet()).as("nothing is in flight").isTrue();
  }

  @Test
  void execute_fromManyThreads_eachRunsOnce() throws Exception {
    serve(Pools.TINY);
    var counts = new int[1]; // of the loop's thread
    together(
        CLIENTS,
        _ -> {
          for (int i = 0; i < 200; i++) {
            onLoop(() -> counts[0]++);
          }
        });
    assertThat(onLoop(() -> counts[0])).isEqualTo(CLIENTS * 200);
  }

  @Test
  void open_addressInUse_saysSoAndLeavesNothing() throws Exception {
    try (var taken = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      long before = descriptors();
      var config = LOOPBACK.toBuilder().port(taken.getLocalPort()).build();
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> ReactorServer.start(config, ContractApplication.routes(), 2, UringEngine::open))
          .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort());
      assertThat(descriptors()).isEqualTo(before);
    }
  }

  @Test
  void start_manyLoops_shareThePort() throws Exception {
    descriptorsBefore = descriptors();
    running = ReactorServer.start(LOOPBACK, ContractApplication.routes(), 3, UringEngine::open);
    together(
        CLIENTS,
        number -> {
          int seed = ThreadLocalRandom.current().nextInt();
          for (int i : IntStream.range(0, 20).toArray()) {
            byte[] body = (number + " " + i + " " + seed).getBytes(StandardCharsets.US_ASCII);
            try (WireClient client = connect()) {
              assertThat(client.post("/echo", body).read().body()).isEqualTo(body);
            }
          }
        });
  }
}
