package dev.leantea.conformance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A listener that takes no connection any more: a connect waits until its deadline. */
final class FullBacklog implements AutoCloseable {
  private static final int PENDING = 8;

  private final ServerSocket listener = new ServerSocket(0, 1, SocketScenes.IPV4);
  private final List<SocketChannel> pending = new ArrayList<>();

  FullBacklog() throws IOException {
    for (int i = 0; i < PENDING; i++) {
      SocketChannel client = SocketChannel.open();
      pending.add(client);
      client.configureBlocking(false);
      client.connect(address());
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(SocketScenes.IPV4, listener.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (SocketChannel client : pending) {
      client.close();
    }
  }
}
