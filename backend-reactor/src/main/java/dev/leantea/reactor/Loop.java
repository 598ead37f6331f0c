package dev.leantea.reactor;

import dev.leantea.http.Limits;
import dev.leantea.loop.CarriedThreads;
import dev.leantea.loop.HandlerScope;
import dev.leantea.loop.LoopWatch;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Protocol;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One event loop: a thread, an engine, connections.
 *
 * <pre>
 *  ┌─▶ engine.turn   waits; accepts, receives, goes on sending
 *  │   tasks         virtual threads that the loop carries, calls from other threads
 *  │   sweep         deadlines, a few times a second
 *  └── flush         one write for each connection that the turn gave something to send
 * </pre>
 *
 * <p>A virtual thread that the loop carries runs on the loop's thread, between two steps of it:
 * what it asks of the loop is done next, without a lock or a wake-up.
 */
final class Loop implements Runnable, Owner {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Tasks run before the engine is asked for events again. */
  private static final int MOST_TASKS = 256;

  /** Makes a loop's engine, which is listening when this returns. */
  interface EngineFactory {
    Engine open(Loop loop, InetSocketAddress address) throws IOException;
  }

  final Protocol protocol;
  final SegmentPool segments = new SegmentPool();
  final LoopWatch watch;
  private final Limits limits;
  private final Engine engine;
  private final Thread thread;
  private final Thread.Builder.OfVirtual threads;
  private final AtomicInteger open;
  private final ArrayList<Connection> connections = new ArrayList<>();
  private final ArrayDeque<Connection> dirty = new ArrayDeque<>();
  private final ArrayDeque<Runnable> local = new ArrayDeque<>();
  private final Queue<Runnable> remote = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asleep = new AtomicBoolean();
  private long now = System.nanoTime();
  private long nextSweep;
  private long drainDeadline = Long.MAX_VALUE;
  private volatile boolean draining;
  private boolean over;

  /** The thread runs no more tasks. */
  private volatile boolean ended;

  /**
   * @param open connections of all loops together, for the limit
   */
  Loop(
      int number,
      Protocol protocol,
      Limits limits,
      AtomicInteger open,
      EngineFactory engines,
      InetSocketAddress address)
      throws IOException {
    this.protocol = protocol;
    this.limits = limits;
    this.open = open;
    this.thread = Thread.ofPlatform().name("leantea-loop-" + number).unstarted(this);
    this.watch = new LoopWatch(thread.getName());
    this.threads =
        CarriedThreads.builder(this::schedule).name("leantea-handler-" + number + "-", 0);
    this.engine = engines.open(this, address);
  }

  // ---- any thread

  void start() {
    thread.start();
  }

  InetSocketAddress address() {
    return engine.address();
  }

  @Override
  public boolean draining() {
    return draining;
  }

  void join() throws InterruptedException {
    thread.join();
  }

  /** Ends a loop of a server that did not come to be, whether or not it has started. */
  void abandon() {
    if (thread.getState() == Thread.State.NEW) {
      engine.close();
    } else {
      post(() -> over = true);
    }
  }

  /** Takes what the kernel holds, then no more; done when the future is. */
  CompletableFuture<Void> stopAccepting() {
    var stopped = new CompletableFuture<Void>();
    post(
        () -> {
          engine.stopAccepting();
          stopped.complete(null);
        });
    return stopped;
  }

  /** Ends the loop: when its connections are done, or at the drain limit. */
  void drain() {
    post(this::beginDrain);
  }

  /**
   * Runs a task on the loop: at once where the caller is the loop. A virtual thread that it carries
   * only hands the task over: it may be made to wait anywhere, for a lock within the JDK say, and
   * the loop would run others with this task half done and in what all of them share.
   */
  @Override
  public void execute(Runnable task) {
    if (isCurrent()) {
      task.run();
    } else if (isCarried()) {
      remote.add(task); // one queue for all threads: what is handed over runs in the order of arrival
    } else {
      post(task);
    }
  }

  /** The scheduler of the virtual threads that the loop carries. */
  private void schedule(Runnable continuation) {
    if (ended) {
      throw new RejectedExecutionException(thread.getName() + " has ended");
    }
    if (isCarried()) {
      local.add(continuation);
    } else {
      post(continuation);
      if (ended && remote.remove(continuation)) {
        throw new RejectedExecutionException(thread.getName() + " has ended");
      }
    }
  }

  private boolean isCarried() {
    return CarriedThreads.current() == thread;
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  @Override
  public boolean readsItself() {
    return false;
  }

  @Override
  public void awaitInput() {
    throw new IllegalStateException("loop: expected no read by a handler, for the loop reads");
  }

  /** Runs a task in the loop's next step. */
  void post(Runnable task) {
    remote.add(task);
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      engine.wakeup();
    }
  }

  // ---- the loop's thread

  @Override
  public void run() {
    try {
      watch.begin();
      while (!over) {
        turn();
        endIfDrained();
      }
    } catch (Throwable e) { // an Error too: a loop that is gone must not be gone in silence
      LOG.log(
          Level.ERROR,
          thread.getName()
              + " failed: its listener and its connections are closed, the other loops go on",
          e);
    } finally {
      end();
    }
  }

  private void end() {
    try {
      closeAll();
    } finally {
      engine.close();
      ended = true;
      runAll(); // what came too late to see it
    }
  }

  private void turn() throws IOException {
    asleep.set(true);
    long wait = local.isEmpty() && remote.isEmpty() ? SWEEP_NANOS : 0;
    watch.rest();
    engine.turn(wait); // where bytes come in, the connection beats
    asleep.set(false);
    now = System.nanoTime();
    watch.beat();
    runTasks();
    if (now - nextSweep >= 0) {
      sweep();
    }
    flushAll();
  }

  private void runTasks() {
    for (int i = 0; i < MOST_TASKS; i++) {
      Runnable task = local.poll();
      if (task == null) {
        task = remote.poll();
      }
      if (task == null) {
        return;
      }
      runSafely(task);
    }
  }

  private void runAll() {
    while (!local.isEmpty() || !remote.isEmpty()) {
      runTasks();
    }
  }

  /** What goes wrong in one connection must not end the loop of all. */
  private void runSafely(Runnable task) {
    try {
      watch.run(task);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a task of an event loop failed", e);
    }
  }

  private void flushAll() {
    for (Connection connection = dirty.poll(); connection != null; connection = dirty.poll()) {
      connection.flushNow();
    }
  }

  private void sweep() {
    nextSweep = now + SWEEP_NANOS;
    for (int i = connections.size() - 1; i >= 0; i--) {
      Connection connection = connections.get(i);
      connection.tick();
    }
    engine.resumeAccepting();
  }

  private void beginDrain() {
    if (draining) {
      return;
    }
    draining = true;
    drainDeadline = now + limits.drainTimeout().toNanos();
    connections.forEach(Connection::drain);
  }

  private void endIfDrained() {
    over |= draining && (connections.isEmpty() || now - drainDeadline >= 0);
  }

  private void closeAll() {
    for (int i = connections.size() - 1; i >= 0; i--) {
      connections.get(i).broken();
    }
    runAll(); // handlers that waited for their clients learn of it
  }

  // ---- for engines and connections

  /** A new connection; the engine tells it what happens to its socket. */
  Connection accepted(EngineSocket socket) {
    boolean admitted = open.incrementAndGet() <= limits.connections();
    var connection = new Connection(this, socket, admitted);
    connection.index = connections.size();
    connections.add(connection);
    return connection;
  }

  void closed(Connection connection) {
    open.decrementAndGet();
    Connection moved = connections.removeLast();
    if (moved != connection) {
      moved.index = connection.index;
      connections.set(connection.index, moved);
    }
  }

  void flushLater(Connection connection) {
    dirty.add(connection);
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
  public long nanoTime() {
    return now;
  }
}
