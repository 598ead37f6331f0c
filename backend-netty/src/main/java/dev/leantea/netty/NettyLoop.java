package dev.leantea.netty;

import dev.leantea.loop.Carrier;
import dev.leantea.loop.HandlerScope;
import dev.leantea.loop.LoopWatch;
import dev.leantea.server.Lifecycle;
import dev.leantea.server.Work;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Protocol;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What the connections of one event loop share. The event loop's thread. */
final class NettyLoop implements Owner {
  private static final long SWEEP_MILLIS = 100;
  private static final int RECEIVE_BYTES = 64 * 1024;
  private static final int FIRST_SENT_BYTES = 512;

  /** What a slow client can hold of it at most, where its response is smaller. */
  private static final int MAX_SENT_BYTES = 8 * 1024;

  final CarriedEventLoop eventLoop;

  /** One for each listener of the server. */
  final List<Protocol> protocols;

  final LoopWatch watch;
  final Work work;
  final byte[] received = new byte[RECEIVE_BYTES];
  final KeptReceiveAllocator receiving = new KeptReceiveAllocator(RECEIVE_BYTES);
  final KeptBuffer sending = new KeptBuffer(FIRST_SENT_BYTES, MAX_SENT_BYTES);
  private final Lifecycle server;
  private final Consumer<Runnable> carried;
  private byte[] scratch = new byte[1024];
  private final Set<NettyConnection> connections = new HashSet<>();

  /** Tasks of other threads that have not run yet; Netty does not say how many it has. */
  private final AtomicInteger handedOver = new AtomicInteger();

  NettyLoop(CarriedEventLoop eventLoop, List<Protocol> protocols, Lifecycle server) {
    this.eventLoop = eventLoop;
    this.protocols = protocols;
    this.server = server;
    this.watch = eventLoop.carrier().watch();
    this.carried = eventLoop.carrier()::start;
    this.work = server.work(eventLoop.carrier(), handedOver::get);
    eventLoop.terminationFuture().addListener(_ -> ended());
  }

  private void ended() {
    receiving.release();
    sending.release();
    work.ended();
  }

  /** Starts to look at deadlines, before the loop gets its first connection. Any thread. */
  void start() {
    var _ =
        eventLoop.scheduleWithFixedDelay(
            this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    watch.beat();
    try {
      List.copyOf(connections).forEach(it -> runSafely(it, it::tick));
    } catch (RuntimeException | Error _) {
      // No memory for the list: the next sweep tries again, which Netty would else cancel.
    }
  }

  /** What goes wrong in one connection must not end the loop's sweep. */
  private static void runSafely(NettyConnection connection, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      connection.failed(e);
    }
  }

  // ---- Owner

  @Override
  public boolean isCurrent() {
    return eventLoop.inEventLoop();
  }

  /**
   * Runs a task on the loop, in the order in which tasks are handed over: later also where the
   * caller is the loop, for other tasks may wait. When the loop has ended all of its connections
   * are closed, and what a task has left to do is to release: then the caller does so.
   */
  @Override
  public void execute(Runnable task) {
    if (eventLoop.carrier().isOnPlatformThread()) {
      executeTask(task(task));
    } else {
      handedOver.incrementAndGet();
      executeTask(
          task(
              () -> {
                handedOver.decrementAndGet();
                task.run();
              }));
    }
  }

  /** A task for {@link #executeTask}, made while there is memory. */
  Runnable task(Runnable step) {
    return () -> {
      watch.beat();
      step.run();
    };
  }

  /** Like {@link #execute}, and allocates nothing. */
  void executeTask(Runnable task) {
    try {
      eventLoop.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  @Override
  public void start(Runnable handler) {
    work.start(carried, handler);
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
  public void startBeside(Runnable handler) {
    work.start(Carrier::startBeside, handler);
  }

  @Override
  public boolean takeHeld() {
    return watch.takeHeld();
  }

  @Override
  public boolean readsItself() {
    return false;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public boolean draining() {
    return server.draining();
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

  /** Lets its connections know that the server drains. Any thread. */
  void drain() {
    execute(
        () -> {
          List.copyOf(connections).forEach(it -> runSafely(it, it::drain));
          work.drainBegun();
        });
  }

  /** Closes what is left. Any thread. */
  void stop() {
    execute(() -> List.copyOf(connections).forEach(NettyConnection::close));
  }

  boolean isAlive() {
    return eventLoop.carrier().isAlive();
  }
}
