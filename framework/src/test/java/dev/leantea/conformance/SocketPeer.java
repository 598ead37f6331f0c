package dev.leantea.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The other end of a socket under test: one connection, of the JDK's own kind, served by a script
 * on a platform thread.
 */
final class SocketPeer implements AutoCloseable {
  /** What the peer does with its connection; afterwards it is closed. */
  interface Script {
    void run(Socket connection) throws Exception;
  }

  private final ServerSocket listener;

  private SocketPeer(ServerSocket listener) {
    this.listener = listener;
  }

  /** Serves the next connection by a script. */
  static SocketPeer start(InetAddress address, Script script) throws IOException {
    var peer = new SocketPeer(new ServerSocket(0, 50, address));
    Thread.ofPlatform().daemon().name("peer").start(() -> peer.serve(script));
    return peer;
  }

  private void serve(Script script) {
    try (Socket connection = listener.accept()) {
      script.run(connection);
    } catch (Exception e) {
      if (!listener.isClosed()) { // then the test is over
        Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(null, e);
      }
    }
  }

  InetAddress address() {
    return listener.getInetAddress();
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
