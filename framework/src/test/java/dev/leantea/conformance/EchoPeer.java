package dev.leantea.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.SocketFactory;

/** Stands for a database: on each connection it answers one byte with the same, a little later. */
final class EchoPeer implements AutoCloseable {
  private static final int BACKLOG = 200;

  private final ServerSocket listener;

  private EchoPeer(ServerSocket listener) {
    this.listener = listener;
  }

  static EchoPeer start() throws IOException {
    var peer = new EchoPeer(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
    Thread.ofPlatform().daemon().name("peer").start(peer::answerAll);
    return peer;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Asks the peer on this port by a socket of the factory; returns whether the answer is right. */
  static boolean ask(SocketFactory factory, int port, int question) throws IOException {
    try (Socket socket = factory.createSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.getOutputStream().write(question);
      return socket.getInputStream().read() == question;
    }
  }

  private void answerAll() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        Thread.startVirtualThread(() -> answer(connection));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException("the peer cannot accept", e);
        }
      }
    }
  }

  private static void answer(Socket connection) {
    try (connection) {
      int question = connection.getInputStream().read();
      Thread.sleep(1); // the handler has to wait
      connection.getOutputStream().write(question);
    } catch (IOException | InterruptedException e) {
      // the handler sees it
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
