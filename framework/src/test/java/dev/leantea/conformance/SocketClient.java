package dev.leantea.conformance;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JDK's WebSocket client, with what it sees in a queue. */
public final class SocketClient implements WebSocket.Listener, AutoCloseable {
  /** Long enough for a loaded machine: it is reached only when something hangs. */
  private static final long TIMEOUT_SECONDS = 30;

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private int binaryBytes;
  private final WebSocket socket;

  SocketClient(HttpClient client, int port, String path, String... subprotocols) {
    var builder = client.newWebSocketBuilder();
    if (subprotocols.length > 0) {
      builder.subprotocols(
          subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
    }
    socket =
        join(
            builder.buildAsync(
                URI.create(TestTls.origin(port).replaceFirst("http", "ws") + path), this));
  }

  private static <T> T join(CompletableFuture<T> future) {
    return future.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
  }

  WebSocket socket() {
    return socket;
  }

  SocketClient sends(String message) {
    join(socket.sendText(message, true));
    return this;
  }

  void sendsPart(String part, boolean last) {
    join(socket.sendText(part, last));
  }

  void sends(byte[] message) {
    join(socket.sendBinary(ByteBuffer.wrap(message), true));
  }

  void pings(String payload) {
    join(socket.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.US_ASCII))));
  }

  void closes(int code, String reason) {
    join(socket.sendClose(code, reason));
  }

  /** The next event: {@code text …}, {@code binary N}, {@code pong …}, {@code close CODE …}. */
  String next() throws InterruptedException {
    String event = events.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("expected an event, none came");
    }
    return event;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      events.add("text " + text);
      text.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    binaryBytes += data.remaining();
    if (last) {
      events.add("binary " + binaryBytes);
      binaryBytes = 0;
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    events.add("pong " + StandardCharsets.US_ASCII.decode(message));
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    events.add("close " + code + " " + reason);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    events.add("error " + error);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
