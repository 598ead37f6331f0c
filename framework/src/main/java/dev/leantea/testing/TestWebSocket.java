package dev.leantea.testing;

import dev.leantea.http.Headers;
import dev.leantea.websocket.CloseReason;
import dev.leantea.websocket.Message;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A client's end of a WebSocket. One thread receives; any thread sends. */
public final class TestWebSocket implements AutoCloseable {
  /** The way to the application. */
  sealed interface Link permits MemoryWebSocket, SocketWebSocket {
    Headers headers();

    void send(Message message) throws IOException;

    /** What came next; waits for it. */
    Incoming receive() throws IOException, InterruptedException;

    void close(CloseReason reason) throws IOException;

    /** Ends the connection without a closing handshake. */
    void abort() throws IOException;
  }

  /** What comes from the application. */
  sealed interface Incoming {
    record Received(Message message) implements Incoming {}

    record Closed(CloseReason reason) implements Incoming {}
  }

  private final Link link;

  TestWebSocket(Link link) {
    this.link = link;
  }

  /** The field lines of the answer that opened it, such as {@code Sec-WebSocket-Protocol}. */
  public Headers headers() {
    return link.headers();
  }

  /** Sends a text message. */
  public void send(String text) {
    send(new Message.Text(text));
  }

  /** Sends a binary message. */
  public void send(byte[] bytes) {
    send(new Message.Binary(bytes));
  }

  private void send(Message message) {
    try {
      link.send(message);
    } catch (IOException e) {
      throw new UncheckedIOException("expected an open WebSocket, got " + e, e);
    }
  }

  /**
   * The next message.
   *
   * @throws AssertionError when the WebSocket is closed, or when none comes within 10 s
   */
  public Message receive() {
    return switch (Await.result("a message", link::receive)) {
      case Incoming.Received(Message message) -> message;
      case Incoming.Closed(CloseReason reason) ->
          throw new AssertionError("expected a message, got " + reason);
    };
  }

  /**
   * The text of the next message.
   *
   * @throws AssertionError as {@link #receive}, and when it is a binary one
   */
  public String receiveText() {
    return switch (receive()) {
      case Message.Text(String text) -> text;
      case Message.Binary(byte[] bytes) ->
          throw new AssertionError("expected a text, got " + bytes.length + " bytes");
    };
  }

  /**
   * Waits until the application closes, and says why: {@link CloseReason#ABNORMAL} without a Close
   * frame.
   *
   * @throws AssertionError when a message comes instead, or no end within 10 s
   */
  public CloseReason expectClose() {
    return switch (Await.result("the end of the WebSocket", link::receive)) {
      case Incoming.Closed(CloseReason reason) -> reason;
      case Incoming.Received(Message message) ->
          throw new AssertionError("expected the end of the WebSocket, got " + message);
    };
  }

  /** Begins the closing handshake; {@link #expectClose} waits for the answer. */
  public void close(int code, String reason) {
    try {
      link.close(new CloseReason(code, reason));
    } catch (IOException e) {
      throw new UncheckedIOException("expected an open WebSocket, got " + e, e);
    }
  }

  /** Leaves without a word, if it is still open. */
  @Override
  public void close() {
    try {
      link.abort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
