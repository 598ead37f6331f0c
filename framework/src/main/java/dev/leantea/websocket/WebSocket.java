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
 * <p>One thread receives; any thread sends, pings, closes and aborts, at the same time. Pings are
 * answered and the closing handshake is done inside {@link #receive}: a handler that only sends has
 * a second thread call it.
 */
public interface WebSocket {
  /**
   * Answers a request that opens a WebSocket, with the {@linkplain WebSocketOptions#DEFAULTS
   * default options}.
   *
   * @return 101; or 400, 403 (Origin), 405 or 426 where the request does not open a WebSocket
   */
  static Response accept(Request request, WebSocketHandler handler) {
    return accept(request, WebSocketOptions.DEFAULTS, handler);
  }

  /** As {@link #accept(Request, WebSocketHandler)}, with options. */
  static Response accept(Request request, WebSocketOptions options, WebSocketHandler handler) {
    return Handshake.answer(request, options, handler);
  }

  /**
   * The next message; waits for it.
   *
   * @return null when the WebSocket is closed or was aborted: see {@link #closeReason}
   * @throws IOException when the connection broke
   */
  @Nullable Message receive() throws IOException;

  /**
   * Sends a message. Blocks while the client is behind by more than 64 KiB, and while another
   * thread sends.
   *
   * @throws IOException when the WebSocket is closed or the connection broke; when the thread is
   *     interrupted, which breaks the connection off
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
   * Asks for a sign of life; {@link WebSocketOptions#pingInterval} does so by itself. Does not wait
   * for a thread that sends: the ping goes out after its message, and of several that wait the last
   * one.
   *
   * @param payload at most 125 bytes
   * @throws IOException when the WebSocket is closed or the connection broke
   */
  void ping(byte[] payload) throws IOException;

  /**
   * Begins the closing handshake, once; never waits. A message that another thread is sending is
   * finished first, and no other is begun. {@link #receive} then discards messages and returns null
   * when the client has answered, or has not for {@link WebSocketOptions#closeTimeout}.
   *
   * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999
   * @param reason at most 123 bytes of UTF-8
   * @throws IllegalArgumentException for a code or a reason that no Close frame may hold
   */
  void close(int code, String reason);

  /**
   * Breaks the connection off; never waits. Sends that wait throw, and {@link #receive} returns
   * null. The client sees code 1006.
   */
  void abort();

  /** The sub-protocol that was agreed on. */
  Optional<String> subprotocol();

  /** Why the WebSocket closes: the code of whoever closed first; empty while it is open. */
  Optional<CloseReason> closeReason();
}
