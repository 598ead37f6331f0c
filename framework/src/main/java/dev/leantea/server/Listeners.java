package dev.leantea.server;

import dev.leantea.backend.Listener;
import dev.leantea.backend.TcpListener;
import dev.leantea.backend.UnixListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The listening sockets of all backends: their options, how an address is claimed, and the one
 * message for an address that cannot be had.
 *
 * <p>A listener has SO_REUSEADDR, so that connections which an earlier server left behind do not
 * keep its port; one of several for a port also has SO_REUSEPORT, where the system knows it. The
 * wildcard address is that of IPv6 with IPV6_V6ONLY off, which takes IPv4 too, and that of IPv4
 * where the machine has no IPv6.
 *
 * <p>A unix domain socket has none of these options, and one listener: the kernel shares no path.
 */
public final class Listeners {
  /** Connections that the kernel queues for one listener until they are accepted. */
  public static final int BACKLOG = 1024;

  /**
   * How many connections of a listener are accepted in a row: all that the kernel's queue holds.
   * Clients that keep connecting must not keep the thread that accepts from everything else.
   */
  public static final int MAX_ACCEPTS = BACKLOG + 1;

  /** The address of all clients of unix domain sockets: they have none. */
  public static final UnixDomainSocketAddress UNIX_PEER = UnixDomainSocketAddress.of("");

  private Listeners() {}

  /**
   * Opens a listener that does not block, with the options of this class.
   *
   * @throws IOException when the address cannot be bound
   */
  public static ServerSocketChannel open(SocketAddress address) throws IOException {
    return address instanceof UnixDomainSocketAddress
        ? open(address, ServerSocketChannel.open(StandardProtocolFamily.UNIX))
        : open(address, sharingItsPort());
  }

  private static ServerSocketChannel open(SocketAddress address, ServerSocketChannel channel)
      throws IOException {
    try {
      channel.configureBlocking(false);
      return channel.bind(address, BACKLOG);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static ServerSocketChannel sharingItsPort() throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      return channel;
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

  /** Sets the options of an accepted connection. */
  public static void configure(SocketChannel accepted) throws IOException {
    if (accepted.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
      accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
  }

  /** The address of a connection's client. */
  public static SocketAddress peer(SocketChannel accepted) throws IOException {
    SocketAddress address = accepted.getRemoteAddress();
    return address instanceof UnixDomainSocketAddress ? UNIX_PEER : address;
  }

  /** The error for a listener that cannot be opened, the same on every backend. */
  static UncheckedIOException failure(Listener listener, IOException cause) {
    String expected =
        switch (listener) {
          case TcpListener _ -> "a free port of an address of this machine";
          case UnixListener _ -> "a path in a folder that this process may write to";
        };
    return new UncheckedIOException(
        "cannot listen on %s: %s; expected %s".formatted(listener, cause.getMessage(), expected),
        cause);
  }
}
