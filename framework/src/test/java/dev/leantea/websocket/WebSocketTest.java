package dev.leantea.websocket;

import static dev.leantea.websocket.ClientFrames.close;
import static dev.leantea.websocket.ClientFrames.frame;
import static dev.leantea.websocket.ClientFrames.join;
import static dev.leantea.websocket.ClientFrames.ping;
import static dev.leantea.websocket.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http1.PipeTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** From bytes to bytes, over a connection in memory. */
class WebSocketTest {
  private static final String OPEN =
      """
      GET /ws HTTP/1.1\r
      Host: x\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      """;

  private static final Duration SHORT = Duration.ofMillis(20);

  private static final WebSocketHandler ECHO =
      socket -> {
        for (Message m; (m = socket.receive()) != null; ) {
          socket.send(m);
        }
      };

  private static PipeTransport serve(WebSocketOptions options, WebSocketHandler handler) {
    Handler application = request -> WebSocket.accept(request, options, handler);
    return new PipeTransport(application, Limits.DEFAULTS);
  }

  private static PipeTransport open(WebSocketOptions options, WebSocketHandler handler) {
    PipeTransport client = serve(options, handler).clientSends(OPEN + "\r\n");
    assertThat(client.readHead()).startsWith("HTTP/1.1 101 Switching Protocols\r\n");
    return client;
  }

  @Test
  void accept_handshake_saysUpgradeOnce() {
    try (var client = serve(WebSocketOptions.DEFAULTS, ECHO).clientSends(OPEN + "\r\n")) {
      assertThat(client.readHead().lines())
          .contains("Connection: upgrade", "Upgrade: websocket")
          .noneMatch(line -> line.startsWith("Content-Length") || line.startsWith("Transfer-"));
    }
  }

  @Test
  void receive_frameBehindTheHead_isNotLost() {
    try (var client = serve(WebSocketOptions.DEFAULTS, ECHO)) {
      byte[] head = (OPEN + "\r\n").getBytes(StandardCharsets.US_ASCII);
      client.clientSends(join(head, text("first"), text("second")));
      client.readHead();
      assertThat(readText(client)).isEqualTo("first");
      assertThat(readText(client)).isEqualTo("second");
    }
  }

  @Test
  void receive_handshakeAndFramesByteByByte_echoes() {
    try (var client = serve(WebSocketOptions.DEFAULTS, ECHO)) {
      byte[] head = (OPEN + "\r\n").getBytes(StandardCharsets.US_ASCII);
      for (byte b : join(head, text("slow"), close(1000, ""))) {
        client.clientSends(new byte[] {b});
      }
      client.readHead();
      assertThat(readText(client)).isEqualTo("slow");
      assertThat(client.readToEnd()).containsExactly(0x88, 2, 3, 0xE8);
    }
  }

  @Test
  void receive_ping_isAnsweredWithinAMessage() {
    try (var client = open(WebSocketOptions.DEFAULTS, ECHO)) {
      byte[] half = "half".getBytes(StandardCharsets.US_ASCII);
      client.clientSends(join(frame(Opcode.TEXT, half), ping("hi"), frame(0x80, half)));
      assertThat(client.read(4)).containsExactly(0x8A, 2, 'h', 'i');
      assertThat(readText(client)).isEqualTo("halfhalf");
    }
  }

  @Test
  void close_byTheClient_isAnsweredOnceAndNothingFollows() {
    try (var client = open(WebSocketOptions.DEFAULTS, ECHO)) {
      client.clientSends(join(close(3000, "bye"), close(1000, ""), ping("x"), text("x")));
      assertThat(client.readToEnd()).containsExactly(0x88, 5, 0x0B, 0xB8, 'b', 'y', 'e');
      client.clientEnds();
      client.awaitClosed();
      assertThat(client.endedInOrder()).isTrue();
    }
  }

  /** 1006 is what was seen, and must not be sent (RFC 6455 §7.4.1). */
  @Test
  void close_afterAnEndWithoutClose_sendsNoReservedCode() throws Exception {
    var reason = new CompletableFuture<CloseReason>();
    WebSocketHandler handler =
        socket -> {
          assertThat(socket.receive()).isNull();
          reason.complete(socket.closeReason().orElseThrow());
          throw new IOException("on purpose");
        };
    try (var client = open(WebSocketOptions.DEFAULTS, handler)) {
      client.clientEnds();
      assertThat(client.readToEnd()).containsExactly(0x88, 0);
      assertThat(reason.get(30, TimeUnit.SECONDS).code()).isEqualTo(CloseReason.ABNORMAL);
    }
  }

  @Test
  void send_afterClose_throwsAndReceiveGoesOnReturningNull() throws Exception {
    var seen = new CompletableFuture<String>();
    WebSocketHandler handler =
        socket -> {
          socket.close(1000, "");
          for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> socket.send("x")).hasMessageContaining("closed with 1000");
          }
          assertThat(socket.receive()).isNull();
          assertThat(socket.receive()).isNull();
          seen.complete("all of it");
        };
    try (var client = open(WebSocketOptions.DEFAULTS, handler)) {
      client.clientSends(close(1000, ""));
      assertThat(client.readToEnd()).containsExactly(0x88, 2, 0x03, 0xE8);
      assertThat(seen.get(30, TimeUnit.SECONDS)).isEqualTo("all of it");
    }
  }

  @Test
  void close_byTheHandler_waitsForTheClientsHalf() throws Exception {
    var reason = new CompletableFuture<CloseReason>();
    WebSocketHandler handler =
        socket -> {
          socket.close(4000, "enough");
          assertThat(socket.receive()).isNull();
          reason.complete(socket.closeReason().orElseThrow());
        };
    try (var client = open(WebSocketOptions.DEFAULTS, handler)) {
      assertThat(client.read(10)).startsWith(0x88, 8, 0x0F, 0xA0);
      assertThat(client.endedInOrder()).isFalse();
      client.clientSends(join(text("late"), close(4000, "")));
      assertThat(client.readToEnd()).isEmpty();
      assertThat(reason.get(30, TimeUnit.SECONDS)).isEqualTo(new CloseReason(4000, "enough"));
    }
  }

  @Test
  void close_notAnswered_endsAfterItsTimeout() {
    var options = WebSocketOptions.DEFAULTS.withCloseTimeout(SHORT);
    try (var client = open(options, socket -> socket.close(1000, "")).ticking()) {
      assertThat(client.readToEnd()).containsExactly(0x88, 2, 0x03, 0xE8);
    }
  }

  @Test
  void handler_throws_closesWith1011() {
    WebSocketHandler broken =
        _ -> {
          throw new IllegalStateException("on purpose");
        };
    try (var client = open(WebSocketOptions.DEFAULTS, broken)) {
      assertThat(client.read(4)).containsExactly(0x88, 2, 0x03, 0xF3);
    }
  }

  @Test
  void receive_brokenProtocol_closesWith1002AndEnds() {
    try (var client = open(WebSocketOptions.DEFAULTS, ECHO)) {
      client.clientSends(join(text("good"), new byte[] {(byte) 0x83}));
      assertThat(readText(client)).isEqualTo("good");
      assertThat(client.readToEnd()).startsWith(0x88).containsSequence(0x03, 0xEA);
    }
  }

  @Test
  void receive_messageOverTheLimit_closesWith1009() {
    try (var client = open(WebSocketOptions.DEFAULTS.withMessageLimit(200), ECHO)) {
      client.clientSends(text("x".repeat(201)));
      assertThat(client.readToEnd()).containsSequence(0x03, 0xF1);
    }
  }

  @Test
  void drain_saysGoingAway() {
    try (var client = open(WebSocketOptions.DEFAULTS, ECHO)) {
      client.drain();
      assertThat(client.read(30)).startsWith(0x88).containsSequence(0x03, 0xE9);
      client.clientSends(close(1001, ""));
      client.readToEnd();
      assertThat(client.endedInOrder()).isTrue();
    }
  }

  @Test
  void silence_pingsThenGivesUp() {
    var options = WebSocketOptions.DEFAULTS.withPingInterval(SHORT);
    try (var client = open(options, ECHO).ticking()) {
      assertThat(client.read(2)).containsExactly(0x89, 0);
      client.awaitClosed();
      assertThat(client.endedInOrder()).isFalse();
    }
  }

  @Test
  void receive_clientVanishes_throws() throws Exception {
    var outcome = new CompletableFuture<Object>();
    WebSocketHandler handler =
        socket -> {
          try {
            outcome.complete(String.valueOf(socket.receive()));
          } catch (IOException e) {
            outcome.complete(e);
          }
        };
    try (var client = open(WebSocketOptions.DEFAULTS, handler)) {
      client.clientVanishes();
      assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void receive_inputEndsWithoutClose_isAbnormal() throws Exception {
    var reason = new CompletableFuture<CloseReason>();
    WebSocketHandler handler =
        socket -> {
          assertThat(socket.receive()).isNull();
          reason.complete(socket.closeReason().orElseThrow());
        };
    try (var client = open(WebSocketOptions.DEFAULTS, handler)) {
      client.clientEnds();
      assertThat(reason.get(30, TimeUnit.SECONDS).code()).isEqualTo(CloseReason.ABNORMAL);
    }
  }

  @Test
  void receive_nobodyReads_holdsTheClientBack() throws Exception {
    var go = new CountDownLatch(1);
    WebSocketHandler handler =
        socket -> {
          go.await();
          ECHO.handle(socket);
        };
    try (var client = open(WebSocketOptions.DEFAULTS, handler)) {
      byte[] big = new byte[100_000];
      client.clientSends(ClientFrames.binary(big));
      client.awaitReceiving(false);
      go.countDown();
      client.awaitReceiving(true);
      assertThat(client.read(10 + big.length)).hasSize(10 + big.length);
    }
  }

  @Test
  void send_fromManyThreads_keepsFramesWhole() throws Exception {
    WebSocketHandler handler =
        socket -> {
          Thread[] threads = new Thread[8];
          for (int i = 0; i < threads.length; i++) {
            String text = String.valueOf((char) ('a' + i)).repeat(1000);
            threads[i] = Thread.startVirtualThread(() -> sendMany(socket, text));
          }
          for (Thread thread : threads) {
            thread.join();
          }
        };
    try (var client = open(WebSocketOptions.DEFAULTS, handler)) {
      for (int i = 0; i < 8 * 20; i++) {
        assertThat(readText(client)).hasSize(1000).matches("(.)\\1*");
      }
    }
  }

  private static void sendMany(WebSocket socket, String text) {
    try {
      for (int i = 0; i < 20; i++) {
        socket.send(text);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void deflate_agreed_compressesAndEchoes() throws Exception {
    String open = OPEN + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
    String text = "tea ".repeat(100);
    byte[] payload;
    try (var deflation = new Deflation(true, 15)) {
      payload = deflation.deflate(text.getBytes(StandardCharsets.US_ASCII));
    }
    try (var client = serve(WebSocketOptions.DEFAULTS, ECHO).clientSends(open)) {
      assertThat(client.readHead()).contains("Sec-WebSocket-Extensions: permessage-deflate\r\n");
      client.clientSends(frame(0xC1, payload));
      byte[] header = client.read(2);
      assertThat(header[0]).isEqualTo((byte) 0xC1);
      assertThat(inflate(client.read(header[1]))).isEqualTo(text);
    }
  }

  private static String inflate(byte[] payload) throws WebSocketFailure {
    var out = new MessageBuffer(10_000);
    try (var inflation = new Inflation(true)) {
      inflation.part(payload, 0, payload.length, out);
      inflation.end(out);
    }
    return out.toText();
  }

  @Test
  void accept_http10_refuses() {
    try (var client = serve(WebSocketOptions.DEFAULTS, ECHO)) {
      client.clientSends(OPEN.replace("HTTP/1.1", "HTTP/1.0") + "\r\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void accept_unknownVersion_answers426AndKeepsTheConnection() {
    try (var client = serve(WebSocketOptions.DEFAULTS, ECHO)) {
      client.clientSends(OPEN.replace("Version: 13", "Version: 9") + "\r\n");
      assertThat(client.readHead())
          .startsWith("HTTP/1.1 426 ")
          .contains("Connection: keep-alive, upgrade\r\n", "Sec-WebSocket-Version: 13\r\n");
    }
  }

  /** A text frame of the server's. */
  private static String readText(PipeTransport client) {
    byte[] header = client.read(2);
    assertThat(header[0]).isEqualTo((byte) 0x81);
    int length = header[1];
    if (length == 126) {
      byte[] extended = client.read(2);
      length = (extended[0] & 0xFF) << 8 | (extended[1] & 0xFF);
    }
    byte[] payload = client.read(length);
    assertThat(payload).hasSize(length);
    return new String(Arrays.copyOf(payload, length), StandardCharsets.UTF_8);
  }
}
