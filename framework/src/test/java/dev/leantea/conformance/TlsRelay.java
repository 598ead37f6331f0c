package dev.leantea.conformance;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes one connection on to a server, and cuts what the client sends. */
final class TlsRelay implements AutoCloseable {
  private static final int HEADER_BYTES = 5;

  private final ServerSocket listener;
  private final Socket server;

  /** Passes on what a client sends. */
  private interface Copy {
    void run(InputStream in, OutputStream out) throws IOException;
  }

  private TlsRelay(int port, Copy copy) throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    server = new Socket(InetAddress.getLoopbackAddress(), port);
    server.setTcpNoDelay(true);
    Thread.ofVirtual().start(() -> relay(copy));
  }

  /** Sends so many bytes at a time. */
  static TlsRelay cutting(int port, int bytes) throws IOException {
    return new TlsRelay(port, (in, out) -> cut(in, out, bytes));
  }

  /** Sends the first record as several, of so many bytes each. */
  static TlsRelay fragmenting(int port, int bytes) throws IOException {
    return new TlsRelay(port, (in, out) -> fragment(in, out, bytes));
  }

  int port() {
    return listener.getLocalPort();
  }

  private void relay(Copy copy) {
    try (Socket client = listener.accept()) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  server.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException e) {
                  // the client has gone
                }
              });
      copy.run(client.getInputStream(), server.getOutputStream());
    } catch (IOException e) {
      // one of both has gone
    }
  }

  private static void cut(InputStream in, OutputStream out, int bytes) throws IOException {
    byte[] piece = in.readNBytes(bytes);
    while (piece.length > 0) {
      out.write(piece);
      piece = new byte[Math.max(1, Math.min(bytes, in.available()))];
      int count = in.read(piece);
      piece = count < 0 ? new byte[0] : java.util.Arrays.copyOf(piece, count);
    }
  }

  private static void fragment(InputStream in, OutputStream out, int bytes) throws IOException {
    var record = new DataInputStream(in);
    byte[] header = record.readNBytes(HEADER_BYTES);
    byte[] content = record.readNBytes((header[3] & 0xff) << 8 | (header[4] & 0xff));
    for (int at = 0; at < content.length; at += bytes) {
      int count = Math.min(bytes, content.length - at);
      header[3] = (byte) (count >> 8);
      header[4] = (byte) count;
      out.write(header);
      out.write(content, at, count);
    }
    in.transferTo(out);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    server.close();
  }
}
