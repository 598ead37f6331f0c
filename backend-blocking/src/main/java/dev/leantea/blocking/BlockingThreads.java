package dev.leantea.blocking;

import dev.leantea.loop.HandlerScope;
import dev.leantea.server.Work;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * The virtual threads of a server: one for each connection, on which its handlers run. Where the
 * thread-locals of several handlers cannot be kept apart on one thread, each handler has a thread
 * of its own, which the connection's thread waits for.
 */
final class BlockingThreads {
  private final Work work;
  private final Consumer<Runnable> virtual = Thread.ofVirtual().name("leantea-blocking-", 0)::start;

  BlockingThreads(Work work) {
    this.work = work;
  }

  /** Starts a connection's thread. Any thread. */
  void startConnection(Runnable connection) {
    if (HandlerScope.available()) {
      start(connection);
    } else {
      virtual.accept(connection);
    }
  }

  /** Starts a thread that handlers run on: a drain interrupts it at its timeout. */
  private synchronized void start(Runnable task) {
    work.start(virtual, task);
  }

  /** Starts a handler on a thread of its own, beside others of its connection. */
  void startHandler(Runnable handler) {
    start(handler);
  }

  /** Runs a handler on a thread of its own, and returns when it has ended. */
  void runHandler(Runnable handler) {
    var call = new FutureTask<>(handler, true);
    start(call);
    boolean ended = false;
    boolean interrupted = false;
    while (!ended) {
      try {
        ended = call.get();
      } catch (InterruptedException e) {
        interrupted = true; // by the drain, which interrupts the handler's thread as well
      } catch (ExecutionException e) {
        throw new IllegalStateException("a handler's thread failed", e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
