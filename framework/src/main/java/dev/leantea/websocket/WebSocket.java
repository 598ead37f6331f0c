package dev.leantea.websocket;

import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An open WebSocket. An echo server:
 *
 * <pre>{@code
 * Response echo(Request request) {
 *   return WebSocket.accept(request, socket -> {
 *     for (Message m; (m = socket.receive()) != null;) socket.send(m);
 *   });
 * }
 * }</pre>
 *
 * <p>One thread receives; any thread sends, pings and closes, at the same time. Pings are answered
 * and the closing handshake is done inside {@link #receive}, so a handler that only sends lets a
 * second thread call it: what it is not asked for it does not do.
 */
public interface WebSocket {
  /**
   * Answers a request that opens a WebSocket, with the {@linkplain WebSocketOptions#DEFAULTS
   * default options}.
   *
   * @return 101; or 400, 403 (Origin), 405 or 426 where the request is no such one
   */
  static Response accept(Request request, WebSocketHandler handler) {
    return accept(request, WebSocketOptions.DEFAULTS, handler);
  }

  /** As above, with options. */
  static Response accept(Request request, WebSocketOptions options, WebSocketHandler handler) {
    return Handshake.answer(request, options, handler);
  }

  /**
   * The next message; waits for it.
   *
   * @return null when the WebSocket is closed: {@link #closeReason} tells why
   * @throws IOException when the connection broke
   */
  @Nullable Message receive() throws IOException;

  /**
   * Sends a message. Blocks while the client is behind by more than a high-water mark.
   *
   * @throws IOException when the WebSocket is closed or the connection broke
   */
  void send(Message message) throws IOException;

  /** Sends a text message. */
  default void send(String text) throws IOException {
    send(new Message.Text(text));
  }

  /** Sends a binary message. */
  default void send(byte[] bytes) throws IOException {
    send(new Message.Binary(bytes));
  }

  /**
   * Asks for a sign of life; {@link WebSocketOptions#pingInterval} does so by itself.
   *
   * @param payload at most 125 octets
   */
  void ping(byte[] payload) throws IOException;

  /**
   * Begins the closing handshake, once. {@link #receive} then passes over messages and returns null
   * when the client has answered, or has not for {@link WebSocketOptions#closeTimeout}.
   *
   * @throws IllegalArgumentException for a code or a reason that no Close frame may hold
   */
  void close(int code, String reason) throws IOException;

  /** The sub-protocol that was agreed on. */
  Optional<String> subprotocol();

  /** What the client's Close frame said, or why we closed; empty while it is open. */
  Optional<CloseReason> closeReason();
}
