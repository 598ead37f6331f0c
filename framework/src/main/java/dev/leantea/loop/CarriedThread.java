package dev.leantea.loop;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One virtual thread that an event loop carries: the thread's scheduler and its task in one object.
 *
 * <p>The JDK gives a virtual thread's scheduler to the threads that it starts. A loop is to carry
 * handlers and nothing else, neither what they start nor the JDK's own socket pollers. A virtual
 * thread has one object for all its steps, so each thread gets a scheduler of its own, which knows
 * that object and passes every other to the JDK's scheduler.
 *
 * <pre>
 *  start ─▶ execute(own step) ─▶ carrier ─▶ step ─ … parks, unparked: execute(own step) … ─▶ run ends
 *           execute(step of another thread) ─▶ the JDK's scheduler
 * </pre>
 *
 * <p>Once the task has ended nothing is referred to any more, for a thread that it started may live
 * on and refers to this object.
 */
final class CarriedThread implements Executor, Runnable {
  private final Thread thread;

  /** Null once the task has ended. */
  private @Nullable Consumer<CarriedThread> carrier;

  private @Nullable Runnable task;

  /** The thread's steps. Set by {@link Thread#start}, before others can know this scheduler. */
  private @Nullable Runnable own;

  /**
   * @param carrier takes the thread when it can run, to call {@link #step} once on its platform
   *     thread
   */
  CarriedThread(Consumer<CarriedThread> carrier, String name, Runnable task) {
    this.carrier = carrier;
    this.task = task;
    this.thread = JdkThreads.newThread(this, name, this);
  }

  Thread thread() {
    return thread;
  }

  /**
   * A thread that begins to wait when there is no memory to unmount it holds the platform thread,
   * perhaps for ever: what it waits for may need its loop. A wake-up without a cause makes it wait
   * again. Any thread.
   */
  void wakeIfWaiting() {
    Thread.State state = thread.getState();
    if (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING) {
      LockSupport.unpark(thread);
    }
  }

  /** Runs the thread until it waits or ends. The carrier's platform thread. */
  void step() {
    started().run();
  }

  /** Has the next step run by the JDK's scheduler. */
  void stepElsewhere() {
    JdkThreads.defaultScheduler().execute(started());
  }

  /** What it runs now; null where that does not want to know what it holds. The watchdog. */
  @Nullable LoopTask holder() {
    return task instanceof LoopTask holder ? holder.holder() : null;
  }

  private Runnable started() {
    if (own == null) {
      throw new IllegalStateException("expected a thread that has started: " + thread);
    }
    return own;
  }

  /** The scheduler: a thread can go on. Any thread. */
  @Override
  @SuppressWarnings("ReferenceEquality") // the JDK has one object for all steps of a thread
  public void execute(Runnable step) {
    if (own == null) {
      own = step;
    }
    Consumer<CarriedThread> mine = carrier;
    if (step == own && mine != null) {
      mine.accept(this);
    } else {
      JdkThreads.defaultScheduler().execute(step);
    }
  }

  /** The task, on the thread itself. */
  @Override
  public void run() {
    Runnable once = task;
    try {
      if (once != null) {
        once.run();
      }
    } finally {
      carrier = null;
      task = null;
    }
  }
}
