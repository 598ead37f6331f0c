package dev.leantea.bench.soak;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** One connection of a client that may misbehave. One thread at a time. */
record RawClient(Socket socket, InputStream in) implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  /** Below the server's interval of pings, which it sends to a WebSocket that is silent. */
  private static final long SIGN_OF_LIFE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** An empty pong of a client (RFC 6455 §5.5.3), which needs no ping before it. */
  static final String PONG = "\u008a\u0080\0\0\0\0";

  static RawClient to(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return new RawClient(socket, new BufferedInputStream(socket.getInputStream()));
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Asks, and reads a response of few bytes, all of which the server sends at once. */
  void get(String path) throws IOException {
    send("GET " + path + " HTTP/1.1\r\nHost: soak\r\n\r\n");
    expect("HTTP/1.1 200");
  }

  /** Sends a body, or only the first bytes of it. */
  void post(String path, int size, int sent) throws IOException {
    send("POST " + path + " HTTP/1.1\r\nHost: soak\r\nContent-Length: " + size + "\r\n\r\n");
    socket.getOutputStream().write(new byte[sent]);
  }

  /** Reads a response to its end; its body ends with a line feed, and has no other. */
  void expect(String statusLine) throws IOException {
    var _ = begin(statusLine);
    var _ = line();
  }

  /** Reads a head; returns its status line, which begins as the regular expression says. */
  String begin(String statusLine) throws IOException {
    String status = line();
    for (String field = line(); !field.isEmpty(); ) {
      field = line();
    }
    if (!status.matches(statusLine + ".*")) {
      throw new IOException("expected " + statusLine + ", got \"" + status + "\"");
    }
    return status;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** Begins a stream of events. */
  RawClient subscribe() throws IOException {
    send("GET /events HTTP/1.1\r\nHost: soak\r\n\r\n");
    var _ = begin("HTTP/1.1 200");
    return this;
  }

  /** Begins a WebSocket, and sends a message; its masking key is 0. */
  RawClient join() throws IOException {
    send(
        "GET /room HTTP/1.1\r\nHost: soak\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    var _ = begin("HTTP/1.1 101");
    send("\u0081\u0083\0\0\0\0tea");
    return this;
  }

  /**
   * Reads until the text comes; false when the stream ends before.
   *
   * @param signOfLife sent now and then; may be empty
   */
  boolean awaitText(String text, String signOfLife) {
    long sent = System.nanoTime();
    try (this) {
      var kept = new StringBuilder();
      byte[] bytes = new byte[64 * 1024];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        kept.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
        if (kept.indexOf(text) >= 0) {
          return true;
        }
        kept.delete(0, Math.max(0, kept.length() - text.length()));
        if (System.nanoTime() - sent > SIGN_OF_LIFE_NANOS) {
          send(signOfLife);
          sent = System.nanoTime();
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /** Leaves, by a reset or an ordinary end. */
  void leave(boolean reset) throws IOException {
    socket.setSoLinger(reset, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
