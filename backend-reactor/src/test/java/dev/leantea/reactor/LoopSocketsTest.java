package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.WireClient;
import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.loop.CarriedThreads;
import dev.leantea.net.LoopSocketFactory;
import dev.leantea.reactor.Loop.EngineFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits for sockets of handlers, when the engine ends or is short of memory. */
@Timeout(60)
class LoopSocketsTest {
  private static final ServerConfig LOOPBACK = ServerConfig.of(0).withHost("127.0.0.1");
  private static final int WAITING = 100;

  private final LoopSocketFactory factory = new LoopSocketFactory();

  @BeforeEach
  void needsCarriedThreads() {
    assumeTrue(CarriedThreads.available(), "without them no loop waits for a handler's socket");
  }

  private static EngineFactory engines(String name) {
    return name.equals("nio") ? NioEngine::open : UringEngine::open;
  }

  private int readFrom(ServerSocket peer) throws IOException {
    try (Socket socket = factory.createSocket(peer.getInetAddress(), peer.getLocalPort())) {
      return socket.getInputStream().read();
    }
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, WAITING, InetAddress.getLoopbackAddress());
  }

  private static void awaitWaitIn(Thread handler, String where) {
    while (handler.getState() != Thread.State.WAITING
        || !Arrays.toString(handler.getStackTrace()).contains(where)) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "nio"})
  void engineFails_whileAHandlerWaits_theHandlerWaitsOnAsTheJdkDoes(String name) throws Exception {
    var failing = new AtomicBoolean();
    EngineFactory hooked = failingEngines(name, failing);
    var waiting = new CompletableFuture<Thread>();
    var seen = new CompletableFuture<Integer>();
    try (ServerSocket peer = listen()) {
      Handler handler =
          _ -> {
            waiting.complete(Thread.currentThread());
            seen.complete(readFrom(peer));
            return Response.empty(204);
          };
      Server server = ReactorServer.start(LOOPBACK, handler, 1, hooked);
      try (var client = new WireClient(server.port());
          Socket connection = ask(client, peer)) {
        awaitWaitIn(waiting.get(), "SocketOperation.await");
        failing.set(true);
        awaitWaitIn(waiting.get(), "sun.nio.ch.Poller");
        connection.getOutputStream().write(7);
        assertThat(seen.get()).isEqualTo(7);
        server.join();
      }
    }
  }

  private static EngineFactory failingEngines(String name, AtomicBoolean failing) {
    HookedEngine.Hook hook =
        () -> {
          if (failing.get()) {
            throw new IOException("on purpose");
          }
        };
    return loop -> new HookedEngine(engines(name).open(loop), hook);
  }

  private static Socket ask(WireClient client, ServerSocket peer) throws IOException {
    client.get("/");
    return peer.accept();
  }

  /** With two receive buffers for all of them. */
  @Test
  void manyAnswersAtOnce_withFewReceiveBuffers_allArrive() throws Exception {
    var sizes = new UringSizes(64, 128, 2, 64, 4, 4096, 2, 65536);
    EngineFactory engines = loop -> UringEngine.open(loop, sizes);
    try (ServerSocket peer = listen()) {
      Handler handler = _ -> Response.text(200, "" + readFrom(peer));
      try (Server server = ReactorServer.start(LOOPBACK, handler, 1, engines)) {
        var clients = new ArrayList<WireClient>();
        var connections = new ArrayList<Socket>();
        for (int i = 0; i < WAITING; i++) {
          clients.add(new WireClient(server.port()));
          connections.add(ask(clients.getLast(), peer));
        }
        for (int i = 0; i < WAITING; i++) {
          connections.get(i).getOutputStream().write(i);
        }
        for (int i = 0; i < WAITING; i++) {
          assertThat(clients.get(i).read().text()).isEqualTo("" + i);
          clients.get(i).close();
          connections.get(i).close();
        }
      }
    }
  }
}
