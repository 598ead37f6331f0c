package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Server;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.routing.Router;
import dev.leantea.websocket.Message;
import dev.leantea.websocket.Room;
import dev.leantea.websocket.WebSocket;
import dev.leantea.websocket.WebSocketOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * WebSockets whose clients take nothing: they must not hold others up. A client that stalls is
 * never cut off by this server, so whatever waits for one waits until the test fails.
 */
public abstract class RoomContract extends ServerContract {
  private static final int KIB = 1024;
  private static final int CAPACITY = 10;

  /** More than all buffers between server and client hold. */
  private static final int STALLING_BYTES = 32 * KIB * KIB;

  /** The pings would wait behind what stalls. */
  private static final WebSocketOptions NO_PINGS =
      WebSocketOptions.DEFAULTS.withPingInterval(Duration.ZERO);

  private final HttpClient http = TestTls.http().build();
  private final Room strict = new Room(CAPACITY, Room.Overflow.DISCONNECT);
  private final Room lossy = new Room(CAPACITY, Room.Overflow.DROP_OLDEST);
  private final Room chat = new Room(CAPACITY, Room.Overflow.DISCONNECT);
  private final BlockingQueue<WebSocket> sockets = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> dropped = new LinkedBlockingQueue<>();

  @AfterAll
  void closeClient() {
    http.shutdownNow();
  }

  @Override
  protected Limits limits() {
    return Limits.DEFAULTS.withStallTimeout(Duration.ofDays(1)).withIdleTimeout(Duration.ofDays(1));
  }

  @Override
  protected Handler application() {
    return Router.builder()
        .get("/strict", request -> WebSocket.accept(request, NO_PINGS, strict))
        .get("/lossy", request -> WebSocket.accept(request, NO_PINGS, this::joinLossy))
        .get("/chat", request -> WebSocket.accept(request, this::joinChat))
        .get("/socket", request -> WebSocket.accept(request, NO_PINGS, this::handOver))
        .build();
  }

  private void joinChat(WebSocket socket) throws IOException {
    try (var _ = chat.join(socket)) {
      for (Message message; (message = socket.receive()) != null; ) {
        chat.publish(message);
      }
    }
  }

  private void joinLossy(WebSocket socket) throws IOException {
    try (var member = lossy.join(socket)) {
      while (socket.receive() != null) {
        // until it leaves
      }
      dropped.add(member.dropped());
    }
  }

  /** The test sends by it. */
  private void handOver(WebSocket socket) throws IOException {
    sockets.add(socket);
    while (socket.receive() != null) {
      // until it ends
    }
  }

  private WebSocket nextSocket() throws InterruptedException {
    WebSocket socket = sockets.poll(30, TimeUnit.SECONDS);
    if (socket == null) {
      throw new AssertionError("expected a socket, none was opened");
    }
    return socket;
  }

  /** A thread that sends what the client does not take. */
  private static Thread stalledSend(WebSocket socket) {
    Thread sender = Thread.startVirtualThread(() -> sendIgnoringErrors(socket));
    while (sender.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return sender;
  }

  /** Fails when it waits; a test that hung would not say where. */
  private static void inTime(Runnable action) throws Exception {
    CompletableFuture.runAsync(action).get(30, TimeUnit.SECONDS);
  }

  private static void sendIgnoringErrors(WebSocket socket) {
    try {
      socket.send(new byte[STALLING_BYTES]);
    } catch (IOException e) {
      // it was aborted
    }
  }

  private WireClient openStalling(String path) throws IOException {
    WireClient client = connect();
    client.send(
        "GET "
            + path
            + """
             HTTP/1.1\r
            Host: localhost\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """);
    client.readHead(101);
    return client;
  }

  @Test
  void close_whileASendStalls_doesNotWait() throws Exception {
    try (WireClient client = openStalling("/socket")) {
      WebSocket socket = nextSocket();
      Thread sender = stalledSend(socket);
      inTime(() -> socket.close(1000, "enough"));
      assertThat(sender.isAlive()).isTrue();
      assertThatThrownBy(() -> socket.send("more")).isInstanceOf(IOException.class);
      socket.abort();
      assertThat(sender.join(Duration.ofSeconds(30))).isTrue();
      discardToEnd(client);
    }
  }

  @Test
  void abort_whileASendStalls_endsIt() throws Exception {
    try (WireClient client = openStalling("/socket")) {
      WebSocket socket = nextSocket();
      Thread sender = stalledSend(socket);
      inTime(socket::abort);
      assertThat(sender.join(Duration.ofSeconds(30))).isTrue();
      assertThat(socket.receive()).isNull();
      discardToEnd(client);
    }
  }

  @Test
  void room_allMembers_receiveAllInOrder() throws Exception {
    var members = new ArrayList<SocketClient>();
    for (int i = 0; i < 50; i++) {
      members.add(new SocketClient(http, port(), "/chat"));
    }
    awaitMembers(chat, members.size());
    for (int i = 0; i < CAPACITY; i++) {
      members.getFirst().sends("message " + i);
    }
    for (SocketClient member : members) {
      for (int i = 0; i < CAPACITY; i++) {
        assertThat(member.next()).isEqualTo("text message " + i);
      }
      member.closes(1000, "");
      assertThat(member.next()).startsWith("close 1000");
    }
    awaitMembers(chat, 0);
  }

  @Test
  void room_stalledMember_isDisconnectedAndHoldsNobodyUp() throws Exception {
    try (SocketClient member = new SocketClient(http, port(), "/strict");
        WireClient stalled = openStalling("/strict")) {
      awaitMembers(strict, 2);
      byte[] message = new byte[256 * KIB];
      int count = STALLING_BYTES / message.length;
      for (int i = 0; i < count; i++) {
        strict.publish(message);
        assertThat(member.next()).isEqualTo("binary " + message.length);
      }
      assertThat(strict.members()).isEqualTo(1);
      discardToEnd(stalled);
    }
  }

  @Test
  void room_stalledMember_missesTheOldestAndHoldsNobodyUp() throws Exception {
    try (SocketClient member = new SocketClient(http, port(), "/lossy")) {
      try (WireClient stalled = openStalling("/lossy")) {
        awaitMembers(lossy, 2);
        byte[] message = new byte[256 * KIB];
        for (int i = 0; i < STALLING_BYTES / message.length; i++) {
          lossy.publish(message);
          assertThat(member.next()).isEqualTo("binary " + message.length);
        }
        assertThat(lossy.members()).isEqualTo(2);
        stalled.reset();
      }
      awaitMembers(lossy, 1);
      dropped.clear(); // the stalled one's, if its reset was read as an end
      lossy.publish("still here");
      assertThat(member.next()).isEqualTo("text still here");
      member.closes(1000, "");
      assertThat(dropped.poll(30, TimeUnit.SECONDS)).isZero(); // the healthy one's
    }
  }

  @Test
  void room_drainOrEnd_closesItsMembersWith1001() throws Exception {
    var room = new Room(CAPACITY, Room.Overflow.DISCONNECT);
    Handler application =
        Router.builder().get("/room", request -> WebSocket.accept(request, room)).build();
    try (Server draining = serve(application, Limits.DEFAULTS);
        SocketClient first = new SocketClient(http, draining.port(), "/room")) {
      Thread closing = Thread.startVirtualThread(draining::close);
      assertThat(first.next()).startsWith("close 1001");
      closing.join();
    }
    try (Server other = serve(application, Limits.DEFAULTS);
        SocketClient second = new SocketClient(http, other.port(), "/room")) {
      awaitMembers(room, 1);
      room.publish("last");
      room.close();
      assertThat(List.of(second.next(), second.next())).containsExactly("text last", "close 1001 ");
    }
  }

  /** What was on its way may come; then the connection ends, in whatever way. */
  private static void discardToEnd(WireClient client) throws IOException {
    try {
      client.socket().getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      // a reset is an end as well
    }
  }

  private static void awaitMembers(Room room, int count) {
    while (room.members() != count) {
      Thread.onSpinWait();
    }
  }
}
