package dev.leantea.netty;

import dev.leantea.backend.Readiness;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.exchange.Application;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http1.Http1Protocol;
import dev.leantea.loop.Watchdog;
import dev.leantea.server.JvmPreparation;
import dev.leantea.server.Listeners;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A running server.
 *
 * <ol>
 *   <li>{@link #start} makes the event loops and binds.
 *   <li>Each accepted channel gets a {@link NettyConnection} on one of the loops.
 *   <li>{@link #close} closes the listener, lets connections finish, cuts what is left at the drain
 *       limit, and ends the loops.
 * </ol>
 */
final class NettyServer implements Server {
  private final Application application;
  private final Limits limits;
  private final Optional<Readiness> readiness;
  private final CarriedEventLoopGroup group;
  private final Map<EventExecutor, NettyLoop> loops = new HashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Channel listener;
  private volatile boolean draining;

  private NettyServer(ServerConfig config, CarriedEventLoopGroup group, Handler handler) {
    this.limits = config.limits();
    this.readiness = config.readiness();
    this.group = group;
    this.application = new Application(handler, limits, config.exchangeListener());
    for (EventExecutor executor : group) {
      loops.put(
          executor,
          new NettyLoop(
              (CarriedEventLoop) executor, new Http1Protocol(application), this::draining));
    }
  }

  static NettyServer start(
      ServerConfig config, Handler handler, NettyTransport transport, int count) {
    InetSocketAddress address = config.address();
    var group = new CarriedEventLoopGroup(count, transport);
    var server = new NettyServer(config, group, handler);
    try {
      server.loops.values().forEach(NettyLoop::start);
      JvmPreparation.await();
      Listeners.requireFree(address);
      server.bind(address, transport);
    } catch (IOException e) {
      var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw Listeners.failure(config, e);
    } catch (RuntimeException | Error e) {
      var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw e;
    }
    Watchdog.start(
        config.holdLimit(),
        server.loops.values().stream().map(loop -> loop.eventLoop.carrier()).toList());
    return server;
  }

  private void bind(InetSocketAddress address, NettyTransport transport) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(transport.serverChannel())
            // One listener for all loops: it holds what a listener for each would.
            .option(ChannelOption.SO_BACKLOG, Listeners.BACKLOG * loops.size())
            .option(ChannelOption.RECVBUF_ALLOCATOR, acceptingAll())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new Initializer())
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    listener = bound.channel();
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

  private final class Initializer extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      NettyLoop loop = loops.get(channel.eventLoop());
      if (loop == null) {
        throw new IllegalStateException("netty: expected a loop of this server's group");
      }
      boolean withinLimit = open.incrementAndGet() <= limits.connections();
      channel.pipeline().addLast(new NettyConnection(NettyServer.this, loop, channel, withinLimit));
    }
  }

  boolean draining() {
    return draining;
  }

  void closed() {
    open.decrementAndGet();
  }

  @Override
  public InetSocketAddress address() {
    Channel bound = listener;
    if (bound == null) {
      throw new IllegalStateException("netty: expected a bound listener");
    }
    return (InetSocketAddress) bound.localAddress();
  }

  @Override
  public int connections() {
    return open.get();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (!draining) {
        readiness.ifPresent(Readiness::turnAway);
        drain();
        stopped.countDown();
      }
    }
  }

  private void drain() {
    long deadline = System.nanoTime() + limits.drainTimeout().toNanos();
    Channel bound = listener;
    if (bound != null) {
      // On the loop: behind the accepts that it has in hand.
      bound.eventLoop().execute(() -> closeNow(bound));
      bound.closeFuture().awaitUninterruptibly();
    }
    draining = true;
    application.drain();
    loops.values().forEach(NettyLoop::drain);
    awaitNone(deadline);
    loops.values().forEach(NettyLoop::cut);
    awaitNone(deadline + TimeUnit.SECONDS.toNanos(2));
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static void closeNow(Channel channel) {
    var _ = channel.close();
  }

  private void awaitNone(long deadline) {
    while (open.get() > 0 && System.nanoTime() < deadline) {
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void join() throws InterruptedException {
    stopped.await();
  }
}
