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
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The event loops of a server, and the one listener that deals out connections to them. */
final class NettyServer implements ServerEngine {
  private final Lifecycle server;
  private final Application application;
  private final CarriedEventLoopGroup group;
  private final NettyListener listener;
  private final Map<EventExecutor, NettyLoop> loops = new HashMap<>();

  private NettyServer(Lifecycle server, Handler handler, NettyTransport transport, int count) {
    ServerConfig config = server.config();
    this.server = server;
    this.application = new Application(handler, config.limits(), config.exchangeListener());
    this.group = new CarriedEventLoopGroup(count, transport);
    this.listener = new NettyListener(server.acceptFailures(), transport);
    for (EventExecutor executor : group) {
      var protocol = server.protocol(application);
      loops.put(executor, new NettyLoop((CarriedEventLoop) executor, protocol, server));
    }
  }

  static Server start(ServerConfig config, Handler handler, NettyTransport transport, int count) {
    var server = new Lifecycle(config);
    return server.start(new NettyServer(server, handler, transport, count));
  }

  @Override
  public InetSocketAddress bind(InetSocketAddress address) throws IOException {
    return listener.bind(address, group, loops.size(), new Initializer());
  }

  private final class Initializer extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      NettyLoop loop = loops.get(channel.eventLoop());
      if (loop == null) {
        throw new IllegalStateException("netty: expected a loop of this server's group");
      }
      channel.pipeline().addLast(new NettyConnection(loop, channel));
    }
  }

  @Override
  public void start() {
    loops.values().forEach(NettyLoop::start);
    List<Carrier> carriers = loops.values().stream().map(loop -> loop.eventLoop.carrier()).toList();
    Watchdog.start(server.config().holdLimit(), carriers);
    HoldSampler.start(carriers);
    listener.start();
  }

  @Override
  public void abandon() {
    stop();
  }

  @Override
  public CompletableFuture<?> stopAccepting() {
    return listener.stop();
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
    listener.end();
  }

  @Override
  public boolean isStopped() {
    return loops.values().stream().noneMatch(NettyLoop::isAlive) && listener.hasEnded();
  }

  @Override
  public void closeByForce() {
    // The listener's loop runs no handler. Channels of a held loop are Netty's own to close.
  }
}
