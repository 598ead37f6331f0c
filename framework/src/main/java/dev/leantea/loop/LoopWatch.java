package dev.leantea.loop;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What one event loop shows to the {@link Watchdog}: that it goes round, and what it runs.
 *
 * <ol>
 *   <li>{@link #begin} on the loop's thread, before its first task.
 *   <li>{@link #beat} whenever it takes up something that may hold it, {@link #rest} when that is
 *       done: a loop that waits for events is not held, however long it waits.
 *   <li>Over when the thread is.
 * </ol>
 *
 * <p>The loop writes, the watchdog reads a little later: opaque access is enough, and costs what a
 * plain one does. No clock is read here.
 */
public final class LoopWatch {
  private final String name;

  /** Odd: at work. Each piece of work has its own number. */
  private final AtomicLong beats = new AtomicLong();

  private final AtomicReference<Optional<Thread>> thread = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Runnable> running = new AtomicReference<>(LoopWatch::nothing);

  /**
   * @param name of the loop, for the log
   */
  public LoopWatch(String name) {
    this.name = name;
  }

  /** In the place of a task, between tasks. */
  private static void nothing() {}

  /** The caller is the loop's thread from now on. */
  public void begin() {
    thread.set(Optional.of(Thread.currentThread()));
  }

  /** Something new begins: the next odd number. The loop's thread. */
  public void beat() {
    beats.setOpaque((beats.getPlain() + 1) | 1);
  }

  /** Nothing runs: the next even number. The loop's thread. */
  public void rest() {
    beats.setOpaque((beats.getPlain() | 1) + 1);
  }

  /**
   * Runs a task that may be a step of a virtual thread which the loop carries. The loop's thread.
   */
  public void run(Runnable task) {
    beat();
    running.setOpaque(task);
    try {
      task.run();
    } finally {
      running.setOpaque(LoopWatch::nothing);
      rest();
    }
  }

  String name() {
    return name;
  }

  long beats() {
    return beats.getOpaque();
  }

  static boolean atWork(long beats) {
    return (beats & 1) == 1;
  }

  boolean ended() {
    return thread.get().filter(it -> !it.isAlive()).isPresent();
  }

  boolean begun() {
    return thread.get().isPresent();
  }

  /** Of the virtual thread that the loop carries right now, else of the loop's own thread. */
  StackTraceElement[] stack() {
    return CarriedThreads.ofStep(running.getOpaque())
        .map(Thread::getStackTrace)
        .filter(stack -> stack.length > 0) // it was just unmounted
        .or(() -> thread.get().map(Thread::getStackTrace))
        .orElseGet(() -> new StackTraceElement[0]);
  }
}
