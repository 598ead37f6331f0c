package dev.leantea.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Brings a server to its end, on a thread of its own.
 *
 * <ol>
 *   <li>The listeners accept what is queued, and are closed.
 *   <li>Connections learn of the drain; each ends when it has nothing in hand.
 *   <li>At the drain timeout handlers are interrupted; those that end within a second may answer.
 *   <li>All sockets are closed, and workers end their threads. What has not ended {@link
 *       #STOP_TIME} after the timeout is logged with its stack, and left running; its listener is
 *       closed by force.
 * </ol>
 *
 * <p>A handler that has called {@code System.exit} is not waited for: it returns never.
 */
final class Drain {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** How long threads are waited for after they were interrupted. */
  private static final Duration STOP_TIME = Duration.ofSeconds(2);

  /** How long interrupted handlers are waited for before sockets are closed. */
  private static final Duration LAST_ANSWER_TIME = Duration.ofSeconds(1);

  private final ServerEngine engine;
  private final List<Work> works;
  private final Duration timeout;
  private final BooleanSupplier exiting;

  /**
   * @param timeout from now until handlers are interrupted
   * @param exiting whether the JVM ends
   */
  Drain(ServerEngine engine, List<Work> works, Duration timeout, BooleanSupplier exiting) {
    this.engine = engine;
    this.works = works;
    this.timeout = timeout;
    this.exiting = exiting;
  }

  /**
   * Returns at most {@link #STOP_TIME} after the timeout.
   *
   * @param stoppedAccepting called when the listeners are closed
   */
  void run(Runnable stoppedAccepting) {
    long begin = System.nanoTime();
    long deadline = begin + timeout.toNanos();
    stopAccepting(begin + Math.min(timeout.toNanos(), STOP_TIME.toNanos()));
    stoppedAccepting.run();
    engine.drain();
    boolean drained = Waiting.until(deadline, this::isDrained);
    long end = System.nanoTime() + STOP_TIME.toNanos();
    if (!drained) {
      interruptHandlers();
    }
    engine.stop();
    if (!Waiting.until(end, this::isStopped)) {
      engine.closeByForce();
      works.forEach(this::logBusy);
    }
  }

  /** Who ends by the interrupt may still answer. */
  private void interruptHandlers() {
    works.stream().flatMap(work -> work.busy().stream()).forEach(Thread::interrupt);
    Waiting.until(
        System.nanoTime() + LAST_ANSWER_TIME.toNanos(),
        () -> works.stream().allMatch(work -> work.busy().isEmpty()));
  }

  /** A loop that a handler holds keeps its listener for as long; the others are not to wait. */
  private void stopAccepting(long deadline) {
    var closed = engine.stopAccepting();
    Waiting.until(deadline, closed::isDone);
  }

  private boolean isDrained() {
    return works.stream().allMatch(work -> work.isDrained() || isExiting(work));
  }

  private boolean isStopped() {
    return isDrained()
        && (engine.isStopped()
            || works.stream().allMatch(work -> work.hasEnded() || isExiting(work)));
  }

  private boolean isExiting(Work work) {
    return exiting.getAsBoolean() && work.isExiting();
  }

  private void logBusy(Work work) {
    List<Thread> busy = work.busy();
    busy.forEach(this::log);
    if (busy.isEmpty() && work.remaining() > 0) {
      LOG.log(Level.WARNING, "the server has stopped, but not all of its connections are closed");
    }
  }

  private void log(Thread thread) {
    var stack = new Throwable("where " + thread.getName() + " is");
    stack.setStackTrace(thread.getStackTrace());
    LOG.log(
        Level.WARNING,
        thread.getName()
            + " did not end: interrupted at the drain timeout ("
            + timeout
            + "), it still runs "
            + STOP_TIME.toSeconds()
            + " s later, and is left running",
        stack);
  }
}
