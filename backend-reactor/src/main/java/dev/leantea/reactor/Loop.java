package dev.leantea.reactor;

import dev.leantea.loop.ArrivalQueue;
import dev.leantea.loop.Carrier;
import dev.leantea.loop.FailureLog;
import dev.leantea.loop.Fifo;
import dev.leantea.loop.HandlerScope;
import dev.leantea.loop.LoopWatch;
import dev.leantea.server.Lifecycle;
import dev.leantea.server.Work;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One event loop: an engine, connections, and a {@link Carrier} that runs it and its handlers.
 *
 * <pre>
 *  ┌─▶ engine.await     waits for events, if there is nothing else to do
 *  │   engine.process   accepts, receives, goes on sending; nonBlocking handlers
 *  │   tasks            what other threads handed over; handlers that can go on take a step
 *  │   sweep            deadlines, a few times a second
 *  └── flush            one write for each connection that the turn gave something to send
 * </pre>
 *
 * <p>The loop's thread is a virtual one where loops can carry them. It may be made to wait for a
 * lock anywhere; its handlers go on meanwhile, so all that belongs to the loop is touched by the
 * loop's thread alone, and everybody else hands over a task.
 *
 * <p>Whatever fails in a connection, an {@code Error} too, ends that connection and not the loop.
 */
final class Loop implements Runnable, Owner {
  /** Tasks run before the engine is asked for events again. */
  private static final int MAX_TASKS = 256;

  /**
   * Steps of handlers before the engine is asked again: one that spins must not hold the others.
   */
  private static final int MAX_STEPS = 256;

  /** Makes a loop's engine, which has no listener yet. */
  interface EngineFactory {
    Engine open(Loop loop) throws IOException;
  }

  /** One for each listener of the server. */
  private final List<Protocol> protocols;

  final SegmentPool segments = new SegmentPool();
  final Carrier carrier;
  final LoopWatch watch;
  private final Consumer<Runnable> carried;
  private final String name;
  final Lifecycle server;
  private final Work work;
  private final Engine engine;
  private final ArrayList<Connection> connections = new ArrayList<>();
  private final Fifo<Connection> dirty = new Fifo<>();
  private final ArrivalQueue<Runnable> tasks = new ArrivalQueue<>();
  private final EventWait events;
  private long now = System.nanoTime();
  private long nextSweep;
  private boolean over;

  /** No task is taken any more. */
  private volatile boolean ended;

  Loop(int number, Lifecycle server, List<Protocol> protocols, EngineFactory engines)
      throws IOException {
    this.protocols = protocols;
    this.server = server;
    this.name = "leantea-loop-" + number;
    this.carrier = new Carrier(name, "leantea-handler-" + number, this, this::wakeup);
    this.watch = carrier.watch();
    this.carried = carrier::start;
    this.work = server.work(carrier, tasks::size);
    this.engine = engines.open(this);
    this.events = new EventWait(this, carrier, engine, tasks);
    carrier.serveSockets(engine.socketLoop());
  }

  // ---- any thread

  void start() {
    carrier.start();
  }

  Engine engine() {
    return engine;
  }

  @Override
  public boolean draining() {
    return server.draining();
  }

  boolean isAlive() {
    return carrier.isAlive();
  }

  /** Ends a loop of a server that did not come to be, whether or not it has started. */
  void abandon() {
    if (carrier.isStarted()) {
      execute(() -> over = true);
    } else {
      engine.close();
    }
  }

  /** Takes what the kernel holds, then no more; done when the future is. */
  CompletableFuture<Void> stopAccepting() {
    var stopped = new CompletableFuture<Void>();
    execute(
        () -> {
          if (!ended) {
            engine.stopAccepting();
          }
          stopped.complete(null);
        });
    return stopped;
  }

  /** Accepts for another loop, while this one is held. Any thread. */
  void acceptFor(Loop other) {
    engine.acceptFor(other.engine);
  }

  /** Lets its connections know that the server drains. */
  void drain() {
    execute(this::drainAll);
  }

  /** Closes its connections, and ends its thread. */
  void stop() {
    execute(() -> over = true);
  }

  /** Closes what a loop has open that a handler holds. */
  void closeByForce() {
    engine.closeByForce();
  }

  /**
   * Runs a task on the loop, in the order in which tasks are handed over, whichever thread does so:
   * at once where the caller is the loop and no other task waits. When the loop has ended all of
   * its connections are closed, and what a task has left to do is to release: then the caller does
   * so.
   */
  @Override
  public void execute(Runnable task) {
    if (ended || (carrier.isOwner() && tasks.isEmpty())) {
      task.run();
    } else if (carrier.isOnPlatformThread()) {
      tasks.addNear(task);
    } else {
      tasks.addFar(task);
      carrier.wakeLoop();
      if (ended && tasks.removeFar(task)) {
        task.run();
      }
    }
  }

  @Override
  public boolean isCurrent() {
    return carrier.isOwner();
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

  private void wakeup() {
    engine.wakeup();
  }

  // ---- the loop's thread

  @Override
  public void run() {
    try {
      while (!over) {
        try {
          turnSafely();
        } catch (RuntimeException | Error _) {
          // The JVM may need memory to return to a frame that was unmounted.
        }
      }
    } catch (IOException e) {
      FailureLog.error(
          this, "failed: its listener and its connections are closed, the other loops go on", e);
    } finally {
      end();
    }
  }

  /** A failure ends the turn; an engine that fails ends the loop. */
  private void turnSafely() throws IOException {
    try {
      turn();
    } catch (RuntimeException | Error e) {
      FailureLog.error(this, "goes on after a turn that failed", e);
    }
  }

  private void end() {
    try {
      closeAll();
    } finally {
      engine.close();
      ended = true;
      runRest(); // what came too late to see it
      work.ended();
    }
  }

  private void turn() throws IOException {
    events.await();
    now = System.nanoTime();
    watch.beat();
    processEvents();
    runTasks();
    if (now - nextSweep >= 0) {
      sweep();
    }
    flushAll();
  }

  private void processEvents() {
    try {
      engine.process();
    } catch (RuntimeException | Error e) {
      FailureLog.error(this, "goes on after events that failed", e);
    }
  }

  private void runTasks() {
    int budget = MAX_TASKS;
    long lastStep = carrier.stepCount() + MAX_STEPS;
    while (budget > 0 && carrier.stepCount() < lastStep) {
      Runnable task = tasks.poll();
      if (task != null) {
        budget--;
        watch.beat();
        runSafely(task);
      } else if (carrier.hasRunnable()) {
        carrier.runOthers();
      } else {
        return;
      }
    }
  }

  /** What goes wrong in one connection must not end the loop of all. */
  private void runSafely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      FailureLog.error(this, "goes on after a task that failed", e);
    }
  }

  private void flushAll() {
    for (Connection connection = dirty.poll(); connection != null; connection = dirty.poll()) {
      connection.flushNow();
    }
  }

  private void sweep() {
    nextSweep = now + EventWait.MAX_NANOS;
    for (int i = connections.size() - 1; i >= 0; i--) {
      connections.get(i).tick();
    }
    engine.resumeAccepting();
  }

  private void drainAll() {
    for (int i = connections.size() - 1; i >= 0; i--) {
      connections.get(i).drain();
    }
    work.drainBegun();
  }

  private void closeAll() {
    for (int i = connections.size() - 1; i >= 0; i--) {
      connections.get(i).endSafely();
    }
    runRest(); // handlers that wait for their clients learn of it
  }

  private void runRest() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      runSafely(task);
    }
  }

  // ---- for engines and connections

  /**
   * A new connection; the engine calls it with the events of its socket.
   *
   * @param listener the number of the listener that it came by
   */
  Connection accepted(EngineSocket socket, int listener) {
    boolean admitted = work.connectionOpened();
    try {
      var connection = new Connection(this, socket, protocols.get(listener), admitted);
      connections.add(connection);
      connection.index = connections.size() - 1;
      return connection;
    } catch (RuntimeException | Error e) {
      work.connectionClosed();
      throw e;
    }
  }

  void closed(Connection connection) {
    if (connection.index < 0) {
      return; // it was never open: there was no memory for it
    }
    work.connectionClosed();
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
  public long nanoTime() {
    return now;
  }

  @Override
  public String toString() {
    return name;
  }
}
