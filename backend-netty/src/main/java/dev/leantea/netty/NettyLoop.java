package dev.leantea.netty;

import dev.leantea.loop.CarriedThreads;
import dev.leantea.loop.HandlerScope;
import dev.leantea.loop.LoopWatch;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Protocol;
import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What the connections of one event loop share. The event loop's thread. */
final class NettyLoop implements Owner {
  private static final long SWEEP_MILLIS = 100;
  private static final int RECEIVE_OCTETS = 64 * 1024;

  final EventLoop eventLoop;
  final Protocol protocol;
  final Thread.Builder.OfVirtual threads;
  final LoopWatch watch;
  final byte[] received = new byte[RECEIVE_OCTETS];
  private final BooleanSupplier draining;
  private byte[] scratch = new byte[1024];
  private final Set<NettyConnection> connections = new HashSet<>();

  NettyLoop(int number, EventLoop eventLoop, Protocol protocol, BooleanSupplier draining) {
    this.eventLoop = eventLoop;
    this.protocol = protocol;
    this.draining = draining;
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

  // ---- Owner

  @Override
  public boolean isCurrent() {
    return eventLoop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    if (isCurrent()) {
      task.run();
    } else if (!eventLoop.isShuttingDown()) {
      eventLoop.execute(() -> watch.run(task));
    }
  }

  @Override
  public void start(Runnable handler) {
    threads.start(handler);
  }

  @Override
  public void startNonBlocking(Runnable handler) {
    if (HandlerScope.available()) {
      handler.run();
    } else {
      start(handler);
    }
  }

  @Override
  public boolean readsItself() {
    return false;
  }

  @Override
  public void awaitInput() {
    throw new IllegalStateException("loop: expected no read by a handler, for the loop reads");
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public boolean draining() {
    return draining.getAsBoolean();
  }

  // ---- for connections

  /** An array that the loop's connections share, of this size or more. */
  byte[] scratch(int bytes) {
    if (scratch.length < bytes) {
      scratch = new byte[bytes];
    }
    return scratch;
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
