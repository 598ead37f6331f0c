package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Server;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
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

  /** The caller's stack while it waits for a peer. */
  private String stackOfAWait() throws IOException {
    var stacks = new ArrayList<String>();
    try (var peer = SocketPeer.start(SocketScenes.IPV4, SocketScenes::echo);
        Socket socket = factory.createSocket(peer.address(), peer.port())) {
      SocketScenes.onceItWaits(
          Thread.currentThread(),
          reader -> {
            stacks.add(Arrays.toString(reader.getStackTrace()));
            answer(socket);
          });
      assertThat(SocketScenes.read(socket)).isEqualTo('a');
    }
    return stacks.getFirst();
  }

  /** Lets the peer, which echoes, answer to another thread. */
  private static void answer(Socket socket) {
    try {
      socket.getOutputStream().write('a');
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
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
      Callable<String> task = () -> SocketScenes.exchange(socket, "abc");
      List<String> seen =
          run(
              On.HANDLER,
              () ->
                  List.of(
                      task.call(),
                      InInitializer.call(task),
                      InInitializer.call(task),
                      task.call()));
      assertThat(seen).hasSize(4).containsOnly("abc");
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
}
