package dev.leantea.server;

import dev.leantea.backend.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/**
 * The listening sockets of all backends: their options, how an address is claimed, and the one
 * message for an address that cannot be had.
 *
 * <p>A listener has SO_REUSEADDR, so that connections which an earlier server left behind do not
 * keep its port; one of several for a port also has SO_REUSEPORT, where the system knows it. The
 * wildcard address is that of IPv6 with IPV6_V6ONLY off, which takes IPv4 too, and that of IPv4
 * where the machine has no IPv6.
 */
public final class Listeners {
  /** Connections that the kernel queues for one listener until they are accepted. */
  public static final int BACKLOG = 1024;

  private Listeners() {}

  /**
   * Opens a listener that does not block, with the options of this class.
   *
   * @throws IOException when the address cannot be bound
   */
  public static ServerSocketChannel open(InetSocketAddress address) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      channel.configureBlocking(false);
      return channel.bind(address, BACKLOG);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Claims the address before the first listener binds it. Listeners with SO_REUSEPORT share a port
   * even with another process of the same user: two servers started by mistake would each get a
   * part of the connections, and no error.
   *
   * @throws IOException when another socket listens there, or the address cannot be bound
   */
  public static void requireFree(InetSocketAddress address) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(address);
    }
  }

  /** The error for an address that cannot be bound, the same on every backend. */
  public static UncheckedIOException failure(ServerConfig config, IOException cause) {
    return new UncheckedIOException(
        "cannot listen on %s: %s; expected a free port of an address of this machine"
            .formatted(config, cause.getMessage()),
        cause);
  }
}
