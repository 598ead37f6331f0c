package dev.leantea.testing;

import dev.leantea.http.Headers;
import dev.leantea.http.Request;
import java.io.IOException;
import java.io.InputStream;

/** How requests reach the application. Any thread. */
sealed interface Transport extends AutoCloseable permits MemoryTransport, SocketTransport {
  /** A response whose body is read as it comes. */
  record Opened(int status, Headers headers, InputStream body) {}

  /** Sends a request; returns when the response's head is there. */
  Opened open(Request request) throws IOException;

  /**
   * Opens a WebSocket.
   *
   * @throws AssertionError when the application does not agree
   */
  TestWebSocket webSocket(Request request) throws IOException;

  int port();

  @Override
  void close();
}
