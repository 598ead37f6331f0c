package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Server;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import dev.leantea.net.LoopSocketFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a loop socket waits, and where it must not; names, factories, TLS. */
@Timeout(60)
public abstract class SocketUseContract extends SocketSuite {
  private static final String IN_LOOP = "SocketOperation.await";
  private static final int MAX_TRIES = 10;

  /**
   * A loop that is held, by the loading of classes for instance, lets its handlers go elsewhere.
   */
  @Test
  void read_inAHandler_waitsInItsLoopWhereTheBackendCan() throws Exception {
    String stack = run(On.HANDLER, this::stackOfAWait);
    for (int i = 0; i < MAX_TRIES && stack.contains(IN_LOOP) != waitsInLoop(); i++) {
      stack = run(On.HANDLER, this::stackOfAWait);
    }
    assertThat(stack.contains(IN_LOOP)).as(stack).isEqualTo(waitsInLoop());
    assertThat(stack.contains("sun.nio.ch.Poller")).as(stack).isEqualTo(!waitsInLoop());
  }

  private String stackOfAWait() throws IOException {
    return SocketScenes.stackOfAWait(factory.createSocket());
  }

  // ---- where the loop cannot wait

  @Test
  void initializer_connects_isDone() throws Exception {
    Callable<String> task = () -> connectAndExchange("abc");
    assertThat(run(On.HANDLER, () -> InInitializer.call(task))).isEqualTo("abc");
  }

  private String connectAndExchange(String text) throws IOException {
    try (var peer = SocketPeer.start(SocketScenes.IPV4, SocketScenes::echo);
        Socket socket = factory.createSocket(peer.address(), peer.port())) {
      return SocketScenes.exchange(socket, text);
    }
  }

  @Test
  void initializer_usesAConnectionThatIsThere_isDone() throws Exception {
    try (var peer = SocketPeer.start(SocketScenes.IPV4, SocketScenes::echo);
        Socket socket = factory.createSocket(peer.address(), peer.port())) {
      Callable<String> task = () -> SocketScenes.stackOfAnEcho(socket);
      List<String> seen =
          run(
              On.HANDLER,
              () -> List.of(InInitializer.call(task), InInitializer.call(task), task.call()));
      assertThat(seen).hasSize(3).allMatch(it -> it.contains("SocketInputStream.read"));
    }
  }

  @Test
  void nonBlockingHandler_waits_isDone() throws Exception {
    Handler handler = nonBlocking(_ -> Response.text(200, connectAndExchange("abc")));
    try (Server server = serve(handler, Limits.DEFAULTS);
        var client = new WireClient(server.port())) {
      assertThat(client.get("/").read().text()).isEqualTo("abc");
    }
  }

  @Test
  void manyHandlers_waitAtOnce_eachGetsItsOwnAnswer() throws Exception {
    Handler handler = request -> Response.text(200, connectAndExchange(request.path()));
    try (Server server = serve(handler, Limits.DEFAULTS)) {
      var clients = new ArrayList<WireClient>();
      for (int i = 0; i < 200; i++) {
        clients.add(new WireClient(server.port()).get("/client/" + i));
      }
      for (int i = 0; i < 200; i++) {
        assertThat(clients.get(i).read().text()).isEqualTo("/client/" + i);
        clients.get(i).close();
      }
    }
  }

  @Test
  void handlerThatOutlivesItsServer_waitsOn() throws Exception {
    var seen = new CompletableFuture<String>();
    var started = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    Limits limits = Limits.DEFAULTS.withDrainTimeout(Duration.ofMillis(100));
    try (var silent = SocketPeer.start(SocketScenes.IPV4, SocketScenes::hold);
        var late = SocketPeer.start(SocketScenes.IPV4, echoAfter(closed))) {
      Handler handler =
          _ -> {
            started.countDown();
            String first = SocketScenes.outcome(() -> readFrom(silent));
            var _ = Thread.interrupted(); // the drain was out of time
            seen.complete(first + ", then " + exchangeWith(late));
            return Response.empty(204);
          };
      Server server = serve(handler, limits);
      try (var client = new WireClient(server.port())) {
        client.get("/");
        started.await();
        server.close();
      }
      closed.countDown();
      assertThat(seen.get()).isEqualTo("SocketException: Closed by interrupt, then abc");
    }
  }

  private static SocketPeer.Script echoAfter(CountDownLatch event) {
    return connection -> {
      event.await();
      SocketScenes.echo(connection);
    };
  }

  private String readFrom(SocketPeer peer) throws IOException {
    try (Socket socket = factory.createSocket(peer.address(), peer.port())) {
      return "" + SocketScenes.read(socket);
    }
  }

  private String exchangeWith(SocketPeer peer) throws IOException {
    try (Socket socket = factory.createSocket(peer.address(), peer.port())) {
      return SocketScenes.exchange(socket, "abc");
    }
  }

  // ---- names

  @Test
  void hostName_inAHandler_isFound() throws Exception {
    String seen =
        run(
            On.HANDLER,
            () -> {
              try (var peer = SocketPeer.start(SocketScenes.IPV4, SocketScenes::echo);
                  Socket socket = factory.createSocket("localhost", peer.port())) {
                return SocketScenes.exchange(socket, "abc");
              }
            });
    assertThat(seen).isEqualTo("abc");
  }

  @Test
  void hostName_thatIsNone_failsAsTheJdkSays() throws Exception {
    Callable<Socket> connect = () -> factory.createSocket("no host", 80);
    run(
        On.HANDLER,
        () -> assertThatThrownBy(connect::call).isInstanceOf(UnknownHostException.class));
  }

  @Test
  void localAddress_isBound() throws Exception {
    InetAddress local = SocketScenes.IPV4;
    try (var peer = SocketPeer.start(local, SocketScenes::echo);
        Socket socket = factory.createSocket(peer.address(), peer.port(), local, 0);
        Socket named = factory.createSocket("127.0.0.1", peer.port(), local, 0)) {
      assertThat(socket.getLocalAddress()).isEqualTo(local);
      assertThat(named.getLocalAddress()).isEqualTo(local);
      assertThat(socket.isConnected() && named.isConnected()).isTrue();
    }
  }

  // ---- TLS

  @Test
  void tls_overALoopSocket_works() throws Exception {
    var tls = TestTls.create();
    try (var listener = tls.listen()) {
      Thread.ofPlatform().daemon().start(() -> tls.echoOnce(listener));
      String seen =
          run(
              On.HANDLER,
              () -> {
                Socket plain =
                    factory.createSocket(listener.getInetAddress(), listener.getLocalPort());
                try (SSLSocket socket = tls.over(plain)) {
                  return SocketScenes.exchange(socket, "abc") + socket.getSession().getProtocol();
                }
              });
      assertThat(seen).isEqualTo("abcTLSv1.3");
    }
  }

  // ---- the JVM's default

  @Test
  void install_makesTheSocketsOfALibraryLoopSockets() throws Exception {
    boolean available = LoopSocketFactory.unavailable().isEmpty();
    try (var child = ChildProcess.start(InstalledSockets.class, backend());
        var client = child.connect()) {
      assertThat(child.report()).isEqualTo("installed " + available);
      assertThat(client.get("/tls").read().text()).isEqualTo("abc TLSv1.3");
      assertThat(client.get("/url").read().text()).isEqualTo("served");
      String waits = client.get("/waits/0").read().text();
      for (int i = 1; i < MAX_TRIES && !waits.equals("" + waitsInLoop()); i++) {
        waits = client.get("/waits/" + i).read().text();
      }
      assertThat(waits).isEqualTo("" + waitsInLoop());
    }
  }
}
