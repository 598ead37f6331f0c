package dev.leantea.netty;

import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.exchange.Application;
import dev.leantea.http.Handler;
import dev.leantea.loop.Carrier;
import dev.leantea.loop.HoldSampler;
import dev.leantea.loop.Watchdog;
import dev.leantea.server.Lifecycle;
import dev.leantea.server.ServerEngine;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The event loops of a server, and its listeners, which deal out connections to them. The listeners
 * have an event loop of their own: a handler that holds one of the others keeps nobody from
 * connecting, nor the server from closing its listeners.
 */
final class NettyServer implements ServerEngine {
  private final Lifecycle server;
  private final Application application;
  private final CarriedEventLoopGroup group;
  private final NettyTransport transport;
  private final MultiThreadIoEventLoopGroup acceptor;
  private final List<NettyListener> listeners = new ArrayList<>();
  private final Map<EventExecutor, NettyLoop> loops = new HashMap<>();

  private NettyServer(Lifecycle server, Handler handler, NettyTransport transport, int count) {
    ServerConfig config = server.config();
    this.server = server;
    this.application = new Application(handler, config.limits(), config.exchangeListener());
    this.group = new CarriedEventLoopGroup(count, transport);
    this.transport = transport;
    var threads = new DefaultThreadFactory("leantea-netty-acceptor");
    this.acceptor = new MultiThreadIoEventLoopGroup(1, threads, transport.handlers());
    for (EventExecutor executor : group) {
      var protocols = server.protocols(application);
      loops.put(executor, new NettyLoop((CarriedEventLoop) executor, protocols, server));
    }
  }

  static Server start(ServerConfig config, Handler handler, NettyTransport transport, int count) {
    var server = new Lifecycle(config);
    return server.start(new NettyServer(server, handler, transport, count));
  }

  @Override
  public void open() {
    // The event loops are there, and start with their first channel.
  }

  @Override
  public SocketAddress bind(int number, SocketAddress address) throws IOException {
    var listener = new NettyListener(server.acceptFailures(), transport, acceptor);
    listeners.add(listener);
    return listener.bind(address, group, loops.size(), new Initializer(listener, number));
  }

  private final class Initializer extends ChannelInitializer<DuplexChannel> {
    private final NettyListener listener;
    private final int number;

    Initializer(NettyListener listener, int number) {
      this.listener = listener;
      this.number = number;
    }

    @Override
    protected void initChannel(DuplexChannel channel) {
      listener.taken(channel);
      NettyLoop loop = loops.get(channel.eventLoop());
      if (loop == null) {
        throw new IllegalStateException("netty: expected a loop of this server's group");
      }
      channel.config().setRecvByteBufAllocator(loop.receiving);
      channel.pipeline().addLast(new NettyConnection(loop, channel, loop.protocols.get(number)));
    }
  }

  @Override
  public void start() {
    loops.values().forEach(NettyLoop::start);
    List<Carrier> carriers = loops.values().stream().map(loop -> loop.eventLoop.carrier()).toList();
    Watchdog.start(server.config().holdLimit(), carriers);
    HoldSampler.start(carriers);
    listeners.forEach(NettyListener::start);
  }

  @Override
  public void abandon() {
    listeners.forEach(NettyListener::closeNow);
    stop();
  }

  @Override
  public CompletableFuture<?> stopAccepting() {
    return CompletableFuture.allOf(
        listeners.stream().map(NettyListener::stop).toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public void drain() {
    loops.values().forEach(NettyLoop::drain);
    application.drain();
  }

  @Override
  public void stop() {
    loops.values().forEach(NettyLoop::stop);
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    var _ = acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Override
  public boolean isStopped() {
    return loops.values().stream().noneMatch(NettyLoop::isAlive) && acceptor.isTerminated();
  }

  @Override
  public void closeByForce() {
    // The listeners' loop runs no handler. Channels of a held loop are Netty's own to close.
  }
}
