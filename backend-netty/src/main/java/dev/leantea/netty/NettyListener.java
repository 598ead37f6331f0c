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
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A listener of a server, on the event loop of its listeners. It accepts while no descriptors are
 * missing, and the loops of the connections keep up:
 *
 * <pre>
 *  kernel's queue ── accept ──▶ untaken ── the loop's turn ──▶ a connection of its loop
 *                               MAX_UNTAKEN: what comes then waits in the kernel
 * </pre>
 */
final class NettyListener extends ChannelInboundHandlerAdapter {
  /**
   * Connections that were accepted and wait for their loops, beyond which no more are accepted.
   * Loops that are held for long would else get all descriptors of the process, and would have
   * nothing but new connections to do afterwards.
   */
  static final int MAX_UNTAKEN = Listeners.BACKLOG;

  /** Set for a connection that counts as untaken. */
  private static final AttributeKey<Boolean> UNTAKEN =
      AttributeKey.valueOf(NettyListener.class, "untaken");

  private final AcceptFailures failures;
  private final NettyTransport transport;
  private final EventLoopGroup group;
  private volatile @Nullable Channel channel;
  private final AtomicInteger untaken = new AtomicInteger();

  /** No descriptors are left. */
  private boolean failing;

  /** The loops do not keep up. */
  private boolean full;

  NettyListener(AcceptFailures failures, NettyTransport transport, EventLoopGroup group) {
    this.failures = failures;
    this.transport = transport;
    this.group = group;
  }

  /**
   * Binds.
   *
   * @param connections initializes a connection's channel, on its event loop
   * @param loops how many event loops the connections are dealt out to
   */
  SocketAddress bind(
      SocketAddress address, EventLoopGroup workers, int loops, ChannelHandler connections)
      throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group, workers)
            // One listener for all loops: it holds what a listener for each would.
            .option(ChannelOption.SO_BACKLOG, Listeners.BACKLOG * loops)
            .option(ChannelOption.RECVBUF_ALLOCATOR, acceptingAll())
            .option(ChannelOption.AUTO_READ, false)
            .handler(this)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(connections);
    ChannelFuture bound = bind(bootstrap, address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    channel = bound.channel();
    return address instanceof UnixDomainSocketAddress ? address : bound.channel().localAddress();
  }

  private ChannelFuture bind(ServerBootstrap bootstrap, SocketAddress address) throws IOException {
    if (address instanceof UnixDomainSocketAddress unix) {
      return bootstrap
          .channel(transport.unixServerChannel())
          .bind(new DomainSocketAddress(unix.getPath().toString()));
    }
    return bootstrap
        .channel(transport.serverChannel())
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .bind(address);
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
    update(bound());
  }

  private Channel bound() {
    return Objects.requireNonNull(channel, "netty: expected bind() first");
  }

  private void update(Channel bound) {
    bound.config().setAutoRead(!failing && !full);
  }

  /** How many accepted connections wait for their loops. Any thread. */
  int untaken() {
    return untaken.get();
  }

  /**
   * A connection's event loop has taken it up, or it was closed without that. Again: nothing. Any
   * thread.
   */
  void taken(Channel connection) {
    boolean counted = connection.attr(UNTAKEN).getAndSet(null) != null;
    if (counted && untaken.decrementAndGet() == MAX_UNTAKEN / 2) {
      bound().eventLoop().execute(this::checkFull);
    }
  }

  /** After each change of the number in which it passes a limit, so that none is missed. */
  private void checkFull() {
    full = untaken.get() > (full ? MAX_UNTAKEN / 2 : MAX_UNTAKEN);
    update(bound());
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

  /** Closes it at once: its address is free when this returns. Not on an event loop. */
  void closeNow() {
    Channel bound = channel;
    if (bound != null) {
      bound.close().awaitUninterruptibly();
    }
  }

  // ---- events of the listening channel

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    failures.accepted();
    var connection = (Channel) message;
    try {
      count(connection);
    } catch (RuntimeException | Error e) {
      taken(connection);
      connection.unsafe().closeForcibly();
      throw e;
    }
    context.fireChannelRead(connection);
    if (!connection.isOpen()) {
      taken(connection); // its loop has refused it
    }
  }

  /** A connection whose loop cannot register it is closed, and must not count for ever. */
  private void count(Channel connection) {
    connection.attr(UNTAKEN).set(true);
    int now = untaken.incrementAndGet();
    connection.closeFuture().addListener(_ -> taken(connection));
    if (now > MAX_UNTAKEN && !full) {
      checkFull();
    }
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
            .schedule(() -> fail(false), AcceptFailures.PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    fail(true);
  }

  private void fail(boolean on) {
    failing = on;
    update(bound());
  }
}
