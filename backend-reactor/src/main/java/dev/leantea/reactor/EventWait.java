package dev.leantea.reactor;

import dev.leantea.loop.ArrivalQueue;
import dev.leantea.loop.Carrier;
import dev.leantea.loop.FailureLog;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a loop waits for its engine's events: no longer than until the next sweep, and not at all
 * when it has something to do. The loop's thread, except where noted.
 *
 * <p>A wait that fails for lack of memory is tried again at the loop's next turn.
 */
final class EventWait {
  /** Maximum time of a wait: the period of the loop's sweep. */
  static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Waits that fail in a row, other than for lack of memory, before the engine is given up. */
  private static final int MAX_FAILED_WAITS = 100;

  private final Loop loop;
  private final Carrier carrier;
  private final Engine engine;
  private final ArrivalQueue<Runnable> tasks;
  private final Runnable waiting = this::awaitEngine;
  private @Nullable Throwable failure;
  private int failedWaits;

  EventWait(Loop loop, Carrier carrier, Engine engine, ArrivalQueue<Runnable> tasks) {
    this.loop = loop;
    this.carrier = carrier;
    this.engine = engine;
    this.tasks = tasks;
  }

  /**
   * Asks the engine for events, and waits for them if there is nothing else to do.
   *
   * @throws IOException when the engine has failed for good
   */
  void await() throws IOException {
    var _ = Thread.interrupted(); // it would end each wait at once
    carrier.watch().rest();
    failure = null;
    if (engine.needsPlatformThread() && isIdle()) {
      carrier.runOnPlatformThread(waiting);
    } else {
      awaitEngine();
    }
    Throwable failed = failure;
    if (failed == null) {
      failedWaits = 0;
    } else {
      failed(failed);
    }
  }

  private boolean isIdle() {
    return tasks.isEmpty() && !carrier.hasRunnable();
  }

  /** Takes no lock that a handler may hold: it may run on the platform thread. */
  private void awaitEngine() {
    try {
      boolean idle = isIdle() && carrier.beginWait() && tasks.isEmpty();
      engine.await(idle ? MAX_NANOS : 0);
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    } finally {
      carrier.endWait();
    }
  }

  /** A shortage of memory passes; an engine that the system refuses does not. */
  private void failed(Throwable cause) throws IOException {
    if (cause instanceof IOException refused) {
      throw refused;
    }
    if (!(cause instanceof OutOfMemoryError) && ++failedWaits > MAX_FAILED_WAITS) {
      throw new IOException("the engine failed " + failedWaits + " times in a row", cause);
    }
    FailureLog.error(loop, "could not wait for events and tries again", cause);
  }
}
