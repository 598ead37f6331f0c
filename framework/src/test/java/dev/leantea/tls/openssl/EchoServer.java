package dev.leantea.tls.openssl;

import dev.leantea.tls.engine.Plaintext;
import dev.leantea.tls.engine.TlsEngine;
import dev.leantea.tls.engine.TlsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Returns what it receives over TLS, after {@code echo: }; one connection at a time. */
final class EchoServer implements AutoCloseable {
  private static final int BUFFER_BYTES = 4096;

  private final TestServer tls;
  private final ServerSocket listener;

  EchoServer(TestServer tls) throws IOException {
    this.tls = tls;
    this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    while (true) {
      try (Socket socket = listener.accept();
          TlsEngine engine = tls.accept()) {
        echo(socket, engine);
      } catch (SocketException e) {
        if (listener.isClosed()) {
          return; // else the client has left
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void echo(Socket socket, TlsEngine engine) throws IOException {
    var wire = new MemoryWire();
    byte[] buffer = new byte[BUFFER_BYTES];
    boolean failed = false;
    while (!failed && !engine.isInputClosed()) {
      int count = socket.getInputStream().read(buffer);
      if (count < 0) {
        return;
      }
      failed = receive(engine, buffer, count, wire);
      socket.getOutputStream().write(wire.take());
    }
  }

  private static boolean receive(TlsEngine engine, byte[] bytes, int count, MemoryWire wire) {
    Plaintext receiver =
        (data, from, to) -> {
          byte[] prefix = "echo: ".getBytes(StandardCharsets.US_ASCII);
          send(engine, prefix, 0, prefix.length, wire);
          send(engine, data, from, to, wire);
        };
    try {
      engine.receive(bytes, 0, count, wire, receiver);
      return false;
    } catch (TlsException e) {
      return true; // the alert is on the wire
    }
  }

  private static void send(TlsEngine engine, byte[] bytes, int from, int to, MemoryWire wire) {
    try {
      engine.send(ByteBuffer.wrap(bytes, from, to - from), wire);
    } catch (TlsException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
