package dev.leantea.reactor;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.ContractApplication;
import dev.leantea.conformance.WireClient;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real sockets; and pools so small that everything that can run out does. */
@Timeout(120) // reached only when something hangs
final class UringEngineTest {
  /** Rings and pools of two sizes. */
  enum Pools {
    DEFAULT,
    TINY;

    UringSizes sizes() {
      return switch (this) {
        case DEFAULT -> UringSizes.DEFAULTS;
        case TINY -> new UringSizes(4, 4, 2, 64, 1, 128, 1, 512);
      };
    }
  }

  private static final int CLIENTS = 24;
  private static final long CHURN_NANOS = Duration.ofSeconds(3).toNanos();

  private long descriptorsBefore;
  private UringSizes sizes = UringSizes.DEFAULTS;

  // set by serve
  private @Nullable ReactorServer running;
  private @Nullable UringEngine opened;

  @BeforeEach
  void count() throws IOException {
    assumeTrue(IoUring.unavailable().isEmpty(), () -> IoUring.unavailable().orElseThrow());
    descriptorsBefore = descriptors();
  }

  @AfterEach
  void stopsAndLeavesNothing() throws IOException {
    if (running != null) {
      running.close();
      assertThat(descriptors()).as("sockets, rings and eventfds").isEqualTo(descriptorsBefore);
    }
  }

  private void serve(Pools pools) {
    serve(pools, ContractApplication.routes(), Limits.DEFAULTS, "127.0.0.1");
  }

  private void serve(Pools pools, Handler handler, Limits limits, String host) {
    sizes = pools.sizes();
    ServerConfig config = ServerConfig.of(0).withLimits(limits).withHost(host);
    running =
        ReactorServer.start(
            config,
            handler,
            1,
            (loop, address) -> {
              UringEngine engine = UringEngine.open(loop, address, sizes);
              opened = engine;
              return engine;
            });
  }

  private ReactorServer server() {
    return Objects.requireNonNull(running);
  }

  private UringEngine engine() {
    return Objects.requireNonNull(opened);
  }

  private WireClient connect() throws IOException {
    return new WireClient(server().port());
  }

  /** Sockets, rings and eventfds of this JVM. */
  private static long descriptors() throws IOException {
    try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
      return links.map(UringEngineTest::target).filter(UringEngineTest::isEngines).count();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // of the listing itself
    }
  }

  private static boolean isEngines(String target) {
    return target.startsWith("socket:")
        || target.contains("[io_uring]")
        || target.contains("[eventfd]");
  }

  private <T> T onLoop(Callable<T> task) throws Exception {
    var answer = new CompletableFuture<T>();
    server()
        .loops()
        .getFirst()
        .execute(
            () -> {
              try {
                answer.complete(task.call());
              } catch (Exception e) {
                answer.completeExceptionally(e);
              }
            });
    return answer.get();
  }

  /** Waits until the loop has seen that all clients are gone; the timeout says when it has not. */
  private void expectQuiet() throws Exception {
    while (onLoop(engine()::openSockets) > 0) {
      Thread.onSpinWait();
    }
    int all = sizes.smallSends() + sizes.largeSends();
    assertThat(onLoop(engine().sendBuffers::free)).as("free send buffers").isEqualTo(all);
  }

  /** Runs clients at the same time; fails when one fails. */
  private static void together(int clients, Client client) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int number = i;
        all.add(
            threads.submit(
                () -> {
                  client.run(number);
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private interface Client {
    void run(int number) throws Exception;
  }

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

  private static byte[] random(Random random, int most) {
    byte[] octets = new byte[1 + random.nextInt(most)];
    random.nextBytes(octets);
    return octets;
  }

  // ---- bytes in, bytes out

  @ParameterizedTest
  @EnumSource
  void echo_manyAtOnce_eachHasItsOwnOctets(Pools pools) throws Exception {
    serve(pools);
    together(
        CLIENTS,
        number -> {
          var random = new Random(number);
          try (WireClient client = connect()) {
            for (int i = 0; i < 20; i++) {
              byte[] body = random(random, 20_000);
              assertThat(client.post("/echo", body).read().body()).isEqualTo(body);
            }
          }
        });
    expectQuiet();
  }

  @ParameterizedTest
  @EnumSource
  void echo_large_comesBackWhole(Pools pools) throws Exception {
    serve(pools);
    byte[] body = ContractApplication.pattern(3_000_000);
    together(
        2,
        _ -> {
          try (WireClient client = connect()) {
            assertThat(client.post("/echo", body).read().body()).isEqualTo(body);
          }
        });
    expectQuiet();
  }

  @ParameterizedTest
  @EnumSource
  void stream_slowReader_getsAll(Pools pools) throws Exception {
    serve(pools);
    int all = sizes.smallSends() + sizes.largeSends();
    try (WireClient client = connect()) {
      client.get("/stream/8000000");
      while (onLoop(engine().sendBuffers::free) == all) {
        Thread.onSpinWait(); // until a send waits for us to read
      }
      assertThat(client.read().body()).isEqualTo(ContractApplication.pattern(8_000_000));
    }
    expectQuiet();
  }

  @ParameterizedTest
  @EnumSource
  void receive_moreThanTheConnectionTakes_isHeldBackAndLosesNothing(Pools pools) throws Exception {
    serve(pools);
    int requests = 20_000;
    String all = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(requests);
    try (WireClient client = connect()) {
      client.get("/sleep/200"); // what follows waits, and then the client is held back
      together(
          2,
          number -> {
            if (number == 0) {
              client.send(all);
              client.shutdownOutput();
            } else {
              assertThat(client.read().text()).isEqualTo("slept");
              for (int i = 0; i < requests; i++) {
                assertThat(client.read().text()).isEqualTo("ok");
              }
              client.expectEnd();
            }
          });
    }
    expectQuiet();
  }

  @Test
  void endOfInput_afterARequest_isAnsweredAndThenClosed() throws Exception {
    serve(Pools.DEFAULT);
    try (WireClient client = connect()) {
      client.get("/sleep/50").shutdownOutput();
      assertThat(client.read().text()).isEqualTo("slept");
      client.expectEnd();
    }
    expectQuiet();
  }

  @Test
  void remoteAddress_ofAConnection_isTheClients() throws Exception {
    serve(Pools.DEFAULT);
    try (WireClient client = connect()) {
      assertThat(client.get("/remote").read().text())
          .isEqualTo("/127.0.0.1:" + client.socket().getLocalPort());
    }
  }

  @Test
  void listen_onIpv6_servesIt() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "no IPv6 here");
    serve(Pools.DEFAULT, ContractApplication.routes(), Limits.DEFAULTS, "::1");
    assertThat(server().address().getAddress()).isEqualTo(InetAddress.ofLiteral("::1"));
    try (var socket = new Socket(InetAddress.ofLiteral("::1"), server().port())) {
      var request = "GET /remote HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 200 ").contains(":" + socket.getLocalPort());
    }
  }

  // ---- the end of connections

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
    assertThat(descriptors()).as("sockets while serving").isEqualTo(before);
    try (WireClient client = connect()) {
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  private void misbehave(Random random) throws IOException {
    try (WireClient client = connect()) {
      switch (random.nextInt(7)) {
        case 0 -> {} // closed at once
        case 1 -> client.reset();
        case 2 -> client.send("GET /hea");
        case 3 -> {
          client.get("/bytes/400000"); // reset in the middle of a send
          client.socket().getInputStream().readNBytes(1 + random.nextInt(2000));
          client.reset();
        }
        case 4 -> {
          client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n");
          client.send(random(random, 80_000));
          client.reset();
        }
        case 5 -> {
          client.get("/sleep/1");
          client.reset();
        }
        default -> {
          byte[] body = random(random, 5_000);
          assertThat(client.post("/echo", body).read().body()).isEqualTo(body);
        }
      }
    }
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
  void reset_rightBehindOctets_isSeenWithoutATimeout(Pools pools) throws Exception {
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

  /** An engine whose turn fails when it is told to. */
  private record Failing(Engine engine, AtomicBoolean fails) implements Engine {
    @Override
    public InetSocketAddress address() {
      return engine.address();
    }

    @Override
    public void turn(long nanos) throws IOException {
      if (fails.get()) {
        throw new IOException("on purpose");
      }
      engine.turn(nanos);
    }

    @Override
    public void wakeup() {
      engine.wakeup();
    }

    @Override
    public void resumeAccepting() {
      engine.resumeAccepting();
    }

    @Override
    public void stopAccepting() {
      engine.stopAccepting();
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  @Test
  void close_loopFailedWhileItServes_endsAllAndLeavesNothing() throws Exception {
    var fails = new AtomicBoolean();
    running =
        ReactorServer.start(
            ServerConfig.of(0),
            ContractApplication.routes(),
            1,
            (loop, address) -> {
              UringEngine engine = UringEngine.open(loop, address);
              opened = engine;
              return new Failing(engine, fails);
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
      var config = ServerConfig.of(taken.getLocalPort());
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> ReactorServer.start(config, ContractApplication.routes(), 2, UringEngine::open))
          .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort());
      assertThat(descriptors()).isEqualTo(before);
    }
  }

  @Test
  void start_manyLoops_shareThePort() throws Exception {
    descriptorsBefore = descriptors();
    running =
        ReactorServer.start(ServerConfig.of(0), ContractApplication.routes(), 3, UringEngine::open);
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
