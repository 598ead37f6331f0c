package dev.leantea.netty;

import dev.leantea.server.AcceptFailures;
import dev.leantea.server.Listeners;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The listener of a server, on an event loop of its own: a handler that holds one of the other
 * loops keeps nobody from connecting, nor the server from closing its listener.
 */
final class NettyListener extends ChannelInboundHandlerAdapter {
  private final AcceptFailures failures;
  private final NettyTransport transport;
  private final MultiThreadIoEventLoopGroup group;
  private volatile @Nullable Channel channel;

  NettyListener(AcceptFailures failures, NettyTransport transport) {
    this.failures = failures;
    this.transport = transport;
    var threads = new DefaultThreadFactory("leantea-netty-acceptor");
    this.group = new MultiThreadIoEventLoopGroup(1, threads, transport.handlers());
  }

  /**
   * Binds.
   *
   * @param connections initializes a connection's channel, on its event loop
   * @param loops how many event loops the connections are dealt out to
   */
  InetSocketAddress bind(
      InetSocketAddress address, EventLoopGroup workers, int loops, ChannelHandler connections)
      throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group, workers)
            .channel(transport.serverChannel())
            // One listener for all loops: it holds what a listener for each would.
            .option(ChannelOption.SO_BACKLOG, Listeners.BACKLOG * loops)
            .option(ChannelOption.RECVBUF_ALLOCATOR, acceptingAll())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .handler(this)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(connections)
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    channel = bound.channel();
    return (InetSocketAddress) bound.channel().localAddress();
  }

  /**
   * Netty's epoll transport takes for "no more there" what says nothing about a listener, and would
   * accept one connection a turn: a busy loop's new clients would wait for seconds.
   */
  private static RecvByteBufAllocator acceptingAll() {
    return new ServerChannelRecvByteBufAllocator()
        .respectMaybeMoreData(false)
        .maxMessagesPerRead(Listeners.BACKLOG);
  }

  /** Begins to accept. */
  void start() {
    accept(true);
  }

  private void accept(boolean on) {
    Channel bound = channel;
    if (bound != null) {
      bound.config().setAutoRead(on);
    }
  }

  /** Accepts what the kernel has queued, which the loop does before its tasks; then closes. */
  CompletableFuture<?> stop() {
    var closed = new CompletableFuture<Object>();
    Channel bound = channel;
    if (bound == null) {
      closed.complete(this);
    } else {
      bound.eventLoop().execute(() -> bound.close().addListener(_ -> closed.complete(this)));
    }
    return closed;
  }

  /** Ends the event loop. */
  void end() {
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  boolean hasEnded() {
    return group.isTerminated();
  }

  // ---- events of the listening channel

  @Override
  public void channelRead(ChannelHandlerContext context, Object connection) {
    failures.accepted();
    context.fireChannelRead(connection);
  }

  /** A connection could not be accepted. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    pause(context); // before the log, which may fail
    failures.failed(String.valueOf(cause.getMessage()));
  }

  /** Without memory for a timer it does not pause: the next failure tries again. */
  private void pause(ChannelHandlerContext context) {
    var _ =
        context
            .executor()
            .schedule(() -> accept(true), AcceptFailures.PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    accept(false);
  }
}
