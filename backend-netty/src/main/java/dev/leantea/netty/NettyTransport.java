package dev.leantea.netty;

import dev.leantea.loop.CarriedThreads;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerDomainSocketChannel;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Netty's transports, in the order in which they are preferred.
 *
 * <p>Its io_uring transport is refused: under the contract's resets and half-closes it loses reads,
 * and ends an event loop without a word (4.2.12 and 4.2.18).
 */
enum NettyTransport {
  EPOLL,
  KQUEUE,
  NIO,
  IO_URING;

  private static final String REFUSED =
      "Netty's io_uring transport does not hold our contract; use netty:epoll or reactor:io_uring";

  /** As users type it: {@code io_uring}. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(NettyTransport::text).toList();
  }

  static NettyTransport of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** The best one that runs here. */
  static NettyTransport best() {
    return Arrays.stream(values()).filter(it -> it.unavailable().isEmpty()).findFirst().orElse(NIO);
  }

  /** Why it can not run here; empty where it can. */
  Optional<String> unavailable() {
    return switch (this) {
      case EPOLL -> why(Epoll.unavailabilityCause());
      case KQUEUE -> why(KQueue.unavailabilityCause());
      case IO_URING -> Optional.of(REFUSED);
      case NIO -> Optional.empty();
    };
  }

  /** The root cause: Netty wraps it several times. */
  private static Optional<String> why(@Nullable Throwable cause) {
    Throwable root = cause;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return Optional.ofNullable(root).map(it -> String.valueOf(it.getMessage()));
  }

  /** For an event loop that is carried, and its handlers with it. */
  IoHandlerFactory carriedHandlers() {
    return this == NIO && CarriedThreads.available() ? CarriedNioHandler.newFactory() : handlers();
  }

  /** For an event loop with a platform thread of its own. */
  IoHandlerFactory handlers() {
    return switch (this) {
      case EPOLL -> EpollIoHandler.newFactory();
      case KQUEUE -> KQueueIoHandler.newFactory();
      case IO_URING -> throw new IllegalStateException(REFUSED);
      case NIO -> NioIoHandler.newFactory();
    };
  }

  /** The channel of a listener on a port. */
  Class<? extends ServerChannel> serverChannel() {
    return switch (this) {
      case EPOLL -> EpollServerSocketChannel.class;
      case KQUEUE -> KQueueServerSocketChannel.class;
      case IO_URING -> throw new IllegalStateException(REFUSED);
      case NIO -> NioServerSocketChannel.class;
    };
  }

  /**
   * The channel of a listener on a unix domain socket; removes the socket's file at its close.
   *
   * <p>Not on NIO: there a client that has sent all, and says so, is cut off before its answer
   * (4.2.12: {@code NioDomainSocketChannel} knows no ALLOW_HALF_CLOSURE).
   *
   * @throws IOException where this transport has none that holds the contract
   */
  Class<? extends ServerChannel> unixServerChannel() throws IOException {
    return switch (this) {
      case EPOLL -> EpollServerDomainSocketChannel.class;
      case KQUEUE -> KQueueServerDomainSocketChannel.class;
      case IO_URING -> throw new IllegalStateException(REFUSED);
      case NIO ->
          throw new IOException(
              "Netty's NIO transport cuts off clients of unix domain sockets; use netty:epoll,"
                  + " reactor or blocking");
    };
  }
}
