package dev.leantea.netty;

import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http1.Http1Context;
import dev.leantea.loop.CarriedThreads;
import dev.leantea.loop.LoopWatch;
import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the connections of one event loop share. The event loop's thread. */
final class NettyLoop {
  private static final long SWEEP_MILLIS = 100;
  private static final int RECEIVE_OCTETS = 64 * 1024;

  final EventLoop eventLoop;
  final Http1Context context;
  final Thread.Builder.OfVirtual threads;
  final LoopWatch watch;
  final byte[] received = new byte[RECEIVE_OCTETS];
  private final Set<NettyConnection> connections = new HashSet<>();

  NettyLoop(int number, EventLoop eventLoop, Handler handler, Limits limits) {
    this.eventLoop = eventLoop;
    this.context = new Http1Context(handler, limits);
    this.watch = new LoopWatch("leantea-netty loop " + number);
    this.threads =
        CarriedThreads.builder(this::schedule).name("leantea-handler-" + number + "-", 0);
  }

  private void schedule(Runnable step) {
    eventLoop.execute(() -> watch.run(step));
  }

  /** Starts to look at deadlines, before the loop gets its first connection. Any thread. */
  void start() {
    eventLoop.execute(watch::begin);
    var _ =
        eventLoop.scheduleWithFixedDelay(
            this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    watch.run(() -> List.copyOf(connections).forEach(NettyConnection::tick));
  }

  void add(NettyConnection connection) {
    connections.add(connection);
  }

  void remove(NettyConnection connection) {
    connections.remove(connection);
  }

  /** Tells each connection that the server closes down. Any thread. */
  void drain() {
    eventLoop.execute(() -> connections.forEach(NettyConnection::drain));
  }

  /** Closes what is left. Any thread. */
  void cut() {
    eventLoop.execute(() -> List.copyOf(connections).forEach(NettyConnection::close));
  }
}
