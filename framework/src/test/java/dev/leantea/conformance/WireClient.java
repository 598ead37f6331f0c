package dev.leantea.conformance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * A client that sends any bytes, right or wrong, and reads responses strictly: whatever is not
 * exact HTTP/1.1 fails the test.
 */
public final class WireClient implements AutoCloseable {
  /** Long enough for a loaded machine: it is reached only when something hangs. */
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket raw;

  /** With TLS over it, if the port speaks that. */
  private final Socket socket;

  private final ReplyReader replies;

  public WireClient(int port) throws IOException {
    this(InetAddress.getLoopbackAddress(), port);
  }

  public WireClient(InetAddress address, int port) throws IOException {
    raw = new Socket();
    raw.setTcpNoDelay(true);
    raw.setSoTimeout(TIMEOUT_MILLIS);
    raw.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
    socket = TestTls.isServed(port) ? TestTls.shared().over(raw) : raw;
    replies = new ReplyReader(new BufferedInputStream(socket.getInputStream()));
  }

  /** A response as it came. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Reply(int status, String statusLine, List<String> fields, byte[] body) {
    /** The value of the only line of this name. */
    public String field(String name) {
      List<String> values = all(name);
      if (values.size() != 1) {
        throw new AssertionError("expected one " + name + ", got " + values + " in " + fields);
      }
      return values.getFirst();
    }

    public Optional<String> first(String name) {
      return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return fields.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()).strip())
          .toList();
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  public Socket socket() {
    return socket;
  }

  /** Sends characters below U+0100 as bytes. */
  public WireClient send(String latin1) throws IOException {
    return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  public WireClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** A GET of the path, with a Host. */
  public WireClient get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  /** A GET that asks for another protocol. */
  public WireClient upgrade(String path, String protocol) throws IOException {
    return send(
        "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: %s\r\n\r\n"
            .formatted(path, protocol));
  }

  /** A POST of the body, with its length. */
  public WireClient post(String path, byte[] body) throws IOException {
    send(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
            + "Content-Length: "
            + body.length
            + "\r\n\r\n");
    return send(body);
  }

  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes with a reset instead of a FIN. */
  public void reset() throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
  }

  /** Reads one response to a request that was no HEAD. */
  public Reply read() throws IOException {
    return replies.read(false);
  }

  /** Reads one response, which has no body when it answers a HEAD. */
  public Reply read(boolean head) throws IOException {
    return replies.read(head);
  }

  /** Reads a head of this status, and nothing of what follows it. */
  public List<String> readHead(int status) throws IOException {
    return replies.readHead(status);
  }

  /** Reads so many bytes, as they come. */
  public byte[] readBytes(int count) throws IOException {
    return replies.readExactly(count);
  }

  /** Reads so many bytes, as text. */
  public String readText(int bytes) throws IOException {
    return new String(readBytes(bytes), StandardCharsets.UTF_8);
  }

  /** The content of a chunked body, as it comes. */
  public InputStream chunks() {
    return new ChunkStream(replies);
  }

  /** Waits until the server has ended the connection, in whatever way. */
  public void awaitEnd() throws IOException {
    try {
      expectEnd();
    } catch (SocketException | SSLException e) {
      // a reset, and a cut without close_notify, is an end as well
    }
  }

  /** Waits for the server to close; fails when bytes come instead. */
  public void expectEnd() throws IOException {
    replies.expectEnd();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
