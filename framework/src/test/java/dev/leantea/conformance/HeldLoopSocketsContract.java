package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import dev.leantea.loop.CarriedThreads;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A handler that holds its loop keeps no other loop and no ordinary thread from reading sockets:
 * what wakes them, the JDK's pollers, is on no loop.
 */
public abstract class HeldLoopSocketsContract extends ServerContract {
  private static final int LOOPS = 2;
  private static final int MAX_CONNECTIONS = 200;
  private static final int ROUND_TRIPS = 20;

  /**
   * A handler that holds its loop.
   *
   * @param release lets it go on
   * @param child what a virtual thread says that the handler has started
   */
  private record Holder(CountDownLatch release, CompletableFuture<String> child) {}

  /** Given by the handler before it holds its loop. */
  private final SynchronousQueue<Holder> holders = new SynchronousQueue<>();

  @Override
  protected Server serve(Handler handler, Limits limits) {
    var config = ServerConfig.of(0).withHost("127.0.0.1").withLimits(limits);
    return Backends.named(backend() + ":" + LOOPS).serve(config, handler);
  }

  /** Answers each byte with one, a little later. */
  private static final class Echo implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    Echo() throws IOException {
      Thread.ofPlatform().daemon().start(this::accept);
    }

    private void accept() {
      while (!listener.isClosed()) {
        try {
          Socket client = listener.accept();
          Thread.ofPlatform().daemon().start(() -> answer(client));
        } catch (IOException e) {
          return; // closed by the test
        }
      }
    }

    private static void answer(Socket client) {
      try (client) {
        for (int asked = read(client); asked >= 0; asked = read(client)) {
          Thread.sleep(1); // who asks has to wait
          client.getOutputStream().write(asked);
        }
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static int read(Socket socket) throws IOException {
      return socket.getInputStream().read();
    }

    /** So many waits for a socket. */
    String ask() {
      try (var socket = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
        for (int i = 0; i < ROUND_TRIPS; i++) {
          socket.getOutputStream().write(i);
          assertThat(read(socket)).isEqualTo(i);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return "asked";
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  private Handler routes(Echo echo) {
    return Router.builder()
        .get("/loop", nonBlocking(_ -> Response.text(200, Thread.currentThread().toString())))
        .get("/ask", _ -> Response.text(200, echo.ask()))
        .get("/hold", _ -> Response.text(200, hold(echo)))
        .build();
  }

  private String hold(Echo echo) throws InterruptedException {
    var holder = new Holder(new CountDownLatch(1), new CompletableFuture<>());
    Thread.startVirtualThread(() -> holder.child.complete(echo.ask()));
    holders.put(holder);
    while (holder.release.getCount() > 0) {
      Thread.onSpinWait();
    }
    return "released";
  }

  @Test
  @Timeout(60)
  void socketReads_whileOneLoopAfterTheOtherIsHeld_goOn() throws Exception {
    assumeTrue(CarriedThreads.available(), "without it a handler holds no loop");
    try (var echo = new Echo();
        Server server = serve(routes(echo), Limits.DEFAULTS)) {
      Map<String, WireClient> loops = connectToEach(server);
      for (WireClient held : loops.values()) {
        held.get("/hold");
        Holder holder = holders.take();
        for (WireClient other : loops.values()) {
          if (other != held) {
            assertThat(other.get("/ask").read().text()).isEqualTo("asked");
          }
        }
        assertThat(askOnAnOrdinaryThread(echo)).isEqualTo("asked");
        assertThat(holder.child.get()).isEqualTo("asked");
        holder.release.countDown();
        assertThat(held.read().text()).isEqualTo("released");
      }
      for (WireClient client : loops.values()) {
        client.close();
      }
    }
  }

  private static String askOnAnOrdinaryThread(Echo echo) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return CompletableFuture.supplyAsync(echo::ask, threads).join();
    }
  }

  /** One connection on each loop, found by its name. */
  private static Map<String, WireClient> connectToEach(Server server) throws IOException {
    var loops = new HashMap<String, WireClient>();
    for (int i = 0; i < MAX_CONNECTIONS && loops.size() < LOOPS; i++) {
      var client = new WireClient(server.port());
      String loop = client.get("/loop").read().text();
      if (loops.putIfAbsent(loop, client) != null) {
        client.close();
      }
    }
    assertThat(loops).hasSize(LOOPS);
    return loops;
  }
}
