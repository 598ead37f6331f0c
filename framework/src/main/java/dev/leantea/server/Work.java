package dev.leantea.server;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What one worker of a server has in hand, an event loop or all of a blocking server: its open
 * connections and its running handlers. A drain waits until it has neither.
 */
public final class Work {
  private final Lifecycle server;
  private final Supplier<Optional<Thread>> loop;
  private final IntSupplier waiting;
  private final AtomicInteger connections = new AtomicInteger();
  private final HandlerThreads handlers = new HandlerThreads();
  private volatile boolean drainBegun;
  private volatile boolean ended;

  /**
   * @param loop the thread that the worker's event loop is busy on right now, its own or a
   *     handler's; empty when it waits for events. Called by any thread
   * @param waiting about how many tasks and handlers wait for the event loop; called by any thread
   */
  Work(Lifecycle server, Supplier<Optional<Thread>> loop, IntSupplier waiting) {
    this.server = server;
    this.loop = loop;
    this.waiting = waiting;
  }

  // ---- for the worker

  /**
   * A connection was accepted. Any thread.
   *
   * @return whether the server has no more than {@link dev.leantea.http.Limits#connections}
   */
  public boolean connectionOpened() {
    connections.incrementAndGet();
    return server.connectionOpened();
  }

  /** A connection is closed. Any thread. */
  public void connectionClosed() {
    server.connectionClosed();
    connections.decrementAndGet();
  }

  /**
   * Runs a handler on a thread of its own. One thread at a time.
   *
   * @param threads starts a thread that runs a task
   */
  public void start(Consumer<Runnable> threads, Runnable handler) {
    handlers.start(threads, handler);
  }

  /** Its connections know that the server drains; those that were accepted before are counted. */
  public void drainBegun() {
    drainBegun = true;
  }

  /** The worker has ended, asked to or by a failure; its connections are closed. Any thread. */
  public void ended() {
    ended = true;
    server.workerEnded();
  }

  // ---- for the life cycle; any thread

  /** About how many tasks and handlers can go on and wait for the event loop. */
  int waiting() {
    return waiting.getAsInt();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Whether, after the begin of the drain, no connection is open and no handler runs. */
  boolean isDrained() {
    return (drainBegun || ended) && remaining() == 0;
  }

  /** Whether a handler has started and not ended. */
  boolean runsHandlers() {
    return handlers.count() > 0;
  }

  /** Open connections, or running handlers where they are more. */
  int remaining() {
    return Math.max(connections.get(), handlers.count());
  }

  /** Threads that run handlers, and what holds the event loop. */
  List<Thread> busy() {
    return Stream.concat(handlers.threads(), loop.get().stream()).distinct().toList();
  }

  /** Whether a handler of this worker runs on the thread. */
  boolean runsOn(Thread thread) {
    return busy().contains(thread);
  }

  /**
   * Whether nothing but calls of {@code System.exit} is left: they return never, and end with the
   * JVM. One that holds its event loop keeps it from all else.
   */
  boolean isExiting() {
    List<Thread> exiting = busy().stream().filter(Work::isInExit).toList();
    return loop.get().filter(exiting::contains).isPresent()
        || (!exiting.isEmpty() && remaining() <= exiting.size());
  }

  private static boolean isInExit(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals("java.lang.Runtime")
                    && frame.getMethodName().equals("exit"));
  }
}
