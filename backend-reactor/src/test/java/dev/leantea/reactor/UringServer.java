package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.ContractApplication;
import dev.leantea.conformance.WireClient;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A server on one io_uring loop, with real sockets; afterwards nothing of it may be left. */
@Timeout(120) // reached only when something hangs
abstract class UringServer {
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

  static final int CLIENTS = 24;

  long descriptorsBefore;
  UringSizes sizes = UringSizes.DEFAULTS;

  // set by serve
  @Nullable Server running;
  @Nullable UringEngine opened;
  @Nullable Loop openedLoop;

  /** The JDK opens its pollers' descriptors when a virtual thread first waits for a socket. */
  @BeforeAll
  static void openPollers() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (var listener = new ServerSocket(0, 1, loopback);
        var socket = new Socket(loopback, listener.getLocalPort())) {
      Thread reader = Thread.startVirtualThread(() -> read(socket));
      while (reader.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      listener.accept().close();
      reader.join();
    }
  }

  private static void read(Socket socket) {
    try {
      assertThat(socket.getInputStream().read()).isNegative();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

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

  void serve(Pools pools) {
    serve(pools, ContractApplication.routes(), Limits.DEFAULTS, "127.0.0.1");
  }

  void serve(Pools pools, Handler handler, Limits limits, String host) {
    sizes = pools.sizes();
    ServerConfig config = ServerConfig.of(0).withLimits(limits).withHost(host);
    running =
        ReactorServer.start(
            config,
            handler,
            1,
            loop -> {
              UringEngine engine = UringEngine.open(loop, sizes);
              opened = engine;
              openedLoop = loop;
              return engine;
            });
  }

  Server server() {
    return Objects.requireNonNull(running);
  }

  UringEngine engine() {
    return Objects.requireNonNull(opened);
  }

  WireClient connect() throws IOException {
    return new WireClient(server().port());
  }

  /** Sockets, rings and eventfds of this JVM. */
  static long descriptors() throws IOException {
    try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
      return links.map(UringServer::target).filter(UringServer::isEngines).count();
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

  <T> T onLoop(Callable<T> task) throws Exception {
    var answer = new CompletableFuture<T>();
    Objects.requireNonNull(openedLoop)
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
  void expectQuiet() throws Exception {
    while (onLoop(engine()::openSockets) > 0) {
      Thread.onSpinWait();
    }
    int all = sizes.smallSends() + sizes.largeSends();
    assertThat(onLoop(engine().sendBuffers::free)).as("free send buffers").isEqualTo(all);
  }

  /** Runs clients at the same time; fails when one fails. */
  static void together(int clients, Client client) throws Exception {
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

  interface Client {
    void run(int number) throws Exception;
  }

  static byte[] random(Random random, int max) {
    byte[] bytes = new byte[1 + random.nextInt(max)];
    random.nextBytes(bytes);
    return bytes;
  }
}
