package dev.leantea.testing;

import dev.leantea.http.Headers;
import dev.leantea.http.Request;
import dev.leantea.testing.TestWebSocket.Incoming;
import dev.leantea.websocket.CloseReason;
import dev.leantea.websocket.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the JDK's client. */
final class SocketWebSocket implements TestWebSocket.Link {
  private final BlockingQueue<Incoming> incoming;
  private final WebSocket socket;

  private SocketWebSocket(BlockingQueue<Incoming> incoming, WebSocket socket) {
    this.incoming = incoming;
    this.socket = socket;
  }

  static TestWebSocket open(WebSocket.Builder builder, URI uri, Request request) {
    var incoming = new LinkedBlockingQueue<Incoming>();
    try {
      WebSocket socket = builder.buildAsync(uri, new Listener(incoming)).join();
      return new TestWebSocket(new SocketWebSocket(incoming, socket));
    } catch (CompletionException e) {
      String got =
          e.getCause() instanceof WebSocketHandshakeException refused
              ? Integer.toString(refused.getResponse().statusCode())
              : String.valueOf(e.getCause());
      throw new AssertionError("expected a WebSocket, got " + got + " to " + request, e);
    }
  }

  /** The JDK's client shows the sub-protocol alone. */
  @Override
  public Headers headers() {
    String subprotocol = socket.getSubprotocol();
    return subprotocol.isEmpty()
        ? Headers.empty()
        : Headers.of("Sec-WebSocket-Protocol", subprotocol);
  }

  @Override
  public void send(Message message) throws IOException {
    await(
        switch (message) {
          case Message.Text(String text) -> socket.sendText(text, true);
          case Message.Binary(byte[] bytes) -> socket.sendBinary(ByteBuffer.wrap(bytes), true);
        });
  }

  @Override
  public Incoming receive() throws InterruptedException {
    return incoming.take();
  }

  @Override
  public void close(CloseReason reason) throws IOException {
    await(socket.sendClose(reason.code(), reason.reason()));
  }

  private static void await(CompletableFuture<WebSocket> sending) throws IOException {
    try {
      var _ = sending.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  @Override
  public void abort() {
    socket.abort();
  }

  /** Puts fragments together. Called by one thread at a time. */
  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<Incoming> incoming;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Listener(BlockingQueue<Incoming> incoming) {
      this.incoming = incoming;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        incoming.add(new Incoming.Received(new Message.Text(text.toString())));
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] piece = new byte[data.remaining()];
      data.get(piece);
      bytes.writeBytes(piece);
      if (last) {
        incoming.add(new Incoming.Received(new Message.Binary(bytes.toByteArray())));
        bytes.reset();
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      incoming.add(new Incoming.Closed(new CloseReason(code, reason)));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      incoming.add(new Incoming.Closed(new CloseReason(CloseReason.ABNORMAL, "")));
    }
  }
}
