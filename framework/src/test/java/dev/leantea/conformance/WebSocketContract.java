package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.websocket.Message;
import dev.leantea.websocket.WebSocket;
import dev.leantea.websocket.WebSocketOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets through real sockets: the JDK's client, and bytes by hand. */
public abstract class WebSocketContract extends ServerContract {
  private static final int TURNS = 200;
  private static final int MIB = 1024 * 1024;
  private static final WebSocketOptions OPTIONS =
      WebSocketOptions.DEFAULTS.withMessageLimit(4 * MIB).withSubprotocols("chat", "v2");

  private static final String OPEN =
      """
      GET %s HTTP/1.1\r
      Host: localhost\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      \r
      """;

  private final HttpClient http = TestTls.http().build();
  private final CompletableFuture<String> left = new CompletableFuture<>();

  @AfterAll
  void closeClient() {
    http.shutdownNow();
  }

  @Override
  protected Handler application() {
    return Router.builder()
        .get("/health", _ -> Response.text(200, "ok"))
        .get("/ws", request -> WebSocket.accept(request, OPTIONS, WebSocketContract::echo))
        .get("/inline", Handler.nonBlocking(WebSocketContract::inline))
        .get("/push", request -> WebSocket.accept(request, OPTIONS, WebSocketContract::push))
        .get("/order", request -> WebSocket.accept(request, OPTIONS, WebSocketContract::inTurn))
        .get("/bye", request -> WebSocket.accept(request, socket -> socket.close(4001, "bye")))
        .get("/fail", request -> WebSocket.accept(request, WebSocketContract::fail))
        .get("/leave", request -> WebSocket.accept(request, this::noteEnd))
        .get("/impatient", WebSocketContract::impatient)
        .build();
  }

  private static void echo(WebSocket socket) throws IOException {
    for (Message message; (message = socket.receive()) != null; ) {
      socket.send(message);
    }
  }

  private static Response inline(Request request) {
    return WebSocket.accept(request, OPTIONS, WebSocketContract::echo);
  }

  private static Response impatient(Request request) {
    var options = WebSocketOptions.DEFAULTS.withPingInterval(Duration.ofMillis(300));
    return WebSocket.accept(request, options, WebSocketContract::echo);
  }

  /**
   * Another thread sends, then the handler, which does not wait but spins: where a loop carries it,
   * the loop has had no time for what the other thread handed over.
   */
  private static void inTurn(WebSocket socket) throws IOException {
    for (int i = 0; i < TURNS; i++) {
      var sent = new AtomicBoolean();
      Thread.ofPlatform().start(() -> sendFirst(socket, sent));
      while (!sent.get()) {
        Thread.onSpinWait();
      }
      if (i < TURNS - 1) {
        socket.send("second");
      }
    }
  }

  private static void sendFirst(WebSocket socket, AtomicBoolean sent) {
    try {
      socket.send("first");
    } catch (IOException e) {
      throw new AssertionError("expected an open socket", e);
    } finally {
      sent.set(true);
    }
  }

  /**
   * Many threads send, while one receives. Not before the client has sent something: the JDK's
   * client misreads frames that come with the handshake's answer once they pass 16 KiB.
   */
  private static void push(WebSocket socket) throws IOException, InterruptedException {
    assertThat(socket.receive()).isEqualTo(new Message.Text("go"));
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String text = String.valueOf((char) ('a' + i)).repeat(500);
      senders.add(Thread.startVirtualThread(() -> sendMany(socket, text)));
    }
    echo(socket);
    for (Thread sender : senders) {
      sender.join();
    }
  }

  private static void sendMany(WebSocket socket, String text) {
    try {
      for (int i = 0; i < 50; i++) {
        socket.send(text);
      }
    } catch (IOException e) {
      throw new AssertionError("expected an open socket", e);
    }
  }

  private static void fail(WebSocket socket) {
    throw new IllegalStateException("on purpose, before anything of " + socket);
  }

  private void noteEnd(WebSocket socket) {
    try {
      while (socket.receive() != null) {
        // until it ends
      }
      left.complete("closed " + socket.closeReason().orElseThrow().code());
    } catch (IOException e) {
      left.complete("threw");
    }
  }

  private SocketClient open(String path, String... subprotocols) {
    return new SocketClient(http, port(), path, subprotocols);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws", "/inline", "/ws?with=query"})
  void echo_textAndBinary_comeBackInOrder(String path) throws Exception {
    try (SocketClient client = open(path)) {
      client.sends("grüner Tee").sends("");
      client.sends(new byte[70_000]);
      assertThat(client.next()).isEqualTo("text grüner Tee");
      assertThat(client.next()).isEqualTo("text ");
      assertThat(client.next()).isEqualTo("binary 70000");
      client.closes(1000, "done");
      assertThat(client.next()).isEqualTo("close 1000 done");
    }
  }

  @Test
  void echo_fragmentsAndPings_areDistinguished() throws Exception {
    try (SocketClient client = open("/ws")) {
      client.sendsPart("first ", false);
      client.pings("alive?");
      client.sendsPart("second", true);
      assertThat(client.next()).isEqualTo("pong alive?");
      assertThat(client.next()).isEqualTo("text first second");
    }
  }

  @Test
  void echo_4MiB_comesBack() throws Exception {
    try (SocketClient client = open("/ws")) {
      client.sends(new byte[4 * MIB]);
      assertThat(client.next()).isEqualTo("binary " + 4 * MIB);
    }
  }

  @Test
  void echo_overTheLimit_closesWith1009() throws Exception {
    try (SocketClient client = open("/ws")) {
      try {
        client.sends(new byte[4 * MIB + 1]);
      } catch (CompletionException e) {
        // over TLS alone: the JDK's client sends no more once the server's close_notify has come
        assertThat(TestTls.isServed(port())).isTrue();
        assertThat(e).hasCauseInstanceOf(IOException.class);
      }
      assertThat(client.next()).startsWith("close 1009");
    }
  }

  @Test
  void echo_200Clients_noneLostNorReordered() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<Future<?>>();
      for (int i = 0; i < 200; i++) {
        String name = "client " + i;
        results.add(threads.submit(() -> talk(name)));
      }
      for (Future<?> result : results) {
        result.get(60, TimeUnit.SECONDS);
      }
    }
  }

  private Void talk(String name) throws Exception {
    try (SocketClient client = open("/ws")) {
      for (int i = 0; i < 20; i++) {
        client.sends(name + " " + i);
      }
      for (int i = 0; i < 20; i++) {
        assertThat(client.next()).isEqualTo("text " + name + " " + i);
      }
      return null;
    }
  }

  @Test
  void send_fromManyThreads_keepsMessagesWhole() throws Exception {
    try (SocketClient client = open("/push")) {
      client.sends("go");
      for (int i = 0; i < 8 * 50; i++) {
        assertThat(client.next()).matches("text (.)\\1{499}");
      }
      client.sends("still there");
      assertThat(client.next()).isEqualTo("text still there");
    }
  }

  @Test
  void send_byAnotherThreadAndThenByTheHandler_keepsTheOrder() throws Exception {
    try (SocketClient client = open("/order")) {
      for (int i = 0; i < TURNS - 1; i++) {
        assertThat(client.next()).isEqualTo("text first");
        assertThat(client.next()).isEqualTo("text second");
      }
      assertThat(client.next()).isEqualTo("text first"); // and the handler returns at once
      assertThat(client.next()).isEqualTo("close 1000 ");
    }
  }

  @Test
  void accept_subprotocols_theClientsFirstThatIsKnown() {
    try (SocketClient client = open("/ws", "soap", "v2", "chat")) {
      assertThat(client.socket().getSubprotocol()).isEqualTo("v2");
    }
  }

  @Test
  void close_byTheHandler_isSeen() throws Exception {
    try (SocketClient client = open("/bye")) {
      assertThat(client.next()).isEqualTo("close 4001 bye");
    }
  }

  @Test
  void handler_throws_closesWith1011() throws Exception {
    try (SocketClient client = open("/fail")) {
      assertThat(client.next()).startsWith("close 1011");
    }
  }

  @Test
  void receive_clientAborts_handlerEnds() throws Exception {
    try (WireClient client = connect()) {
      client.send(OPEN.formatted("/leave"));
      assertThat(client.read().status()).isEqualTo(101);
      client.reset();
    }
    assertThat(left.get(30, TimeUnit.SECONDS)).isIn("threw", "closed 1006");
  }

  @Test
  void silence_isPingedAndThenCutOff() throws Exception {
    try (WireClient client = connect()) {
      client.send(OPEN.formatted("/impatient"));
      assertThat(client.read().status()).isEqualTo(101);
      assertThat(client.readBytes(2)).containsExactly(0x89, 0);
      client.awaitEnd();
    }
  }

  @Test
  void accept_afterOtherRequests_onTheSameConnection() throws IOException {
    try (WireClient client = connect()) {
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
      client.send(OPEN.formatted("/ws").replace("13", "12"));
      assertThat(client.read().status()).isEqualTo(426);
      client.send(OPEN.formatted("/ws"));
      WireClient.Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(101);
      assertThat(reply.field("Connection")).isEqualTo("upgrade");
      assertThat(reply.field("Upgrade")).isEqualTo("websocket");
      assertThat(reply.field("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
  }

  @Test
  void frames_byteByByteBehindTheHead_areNotLost() throws IOException {
    try (WireClient client = connect()) {
      byte[] frame = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};
      for (char c : OPEN.formatted("/ws").toCharArray()) {
        client.send(String.valueOf(c));
      }
      for (byte b : frame) {
        client.send(new byte[] {b});
      }
      assertThat(client.read().status()).isEqualTo(101);
      assertThat(client.readBytes(4)).containsExactly(0x81, 2, 'h', 'i');
    }
  }

  @Test
  void frames_behindTheHeadInOnePacket_areNotLost() throws IOException {
    try (WireClient client = connect()) {
      client.send(OPEN.formatted("/ws") + "\u0081\u0082\0\0\0\0hi");
      assertThat(client.read().status()).isEqualTo(101);
      assertThat(client.readBytes(4)).containsExactly(0x81, 2, 'h', 'i');
    }
  }

  @Test
  void drain_openSocket_isClosedWith1001() throws Exception {
    Server second = serve(application(), Limits.DEFAULTS);
    try (SocketClient client = new SocketClient(http, second.port(), "/ws")) {
      client.sends("in flight");
      assertThat(client.next()).isEqualTo("text in flight");
      Thread closing = Thread.startVirtualThread(second::close);
      assertThat(client.next()).startsWith("close 1001");
      closing.join();
    } finally {
      second.close();
    }
  }
}
