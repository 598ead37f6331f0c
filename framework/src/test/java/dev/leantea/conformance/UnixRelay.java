package dev.leantea.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A port whose connections are those of a unix domain socket: clients that know TCP alone reach it.
 * The end of one direction is passed on; a failure of one resets both.
 */
final class UnixRelay implements AutoCloseable {
  private final ServerSocket listener;
  private final Path path;

  UnixRelay(Path path) throws IOException {
    this.path = path;
    this.listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::acceptAll);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> relay(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void relay(Socket client) {
    try (client;
        SocketChannel server = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      client.setTcpNoDelay(true);
      var sent = new CountDownLatch(1);
      Thread.ofVirtual().start(() -> send(client, server, sent));
      receive(client, server);
      sent.await();
    } catch (IOException | InterruptedException e) {
      // the server has gone
    }
  }

  private static void send(Socket client, SocketChannel server, CountDownLatch sent) {
    try {
      client.getInputStream().transferTo(Channels.newOutputStream(server));
      server.shutdownOutput();
    } catch (IOException e) {
      reset(client, server);
    } finally {
      sent.countDown();
    }
  }

  private static void receive(Socket client, SocketChannel server) {
    try {
      Channels.newInputStream(server).transferTo(client.getOutputStream());
      client.shutdownOutput();
    } catch (IOException e) {
      reset(client, server);
    }
  }

  private static void reset(Socket client, SocketChannel server) {
    try (server;
        client) {
      client.setSoLinger(true, 0);
    } catch (IOException e) {
      // it is closed
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
