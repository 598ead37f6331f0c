package dev.leantea.loop;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the handlers that a loop has started, in that order, on virtual threads that its carrier
 * runs.
 *
 * <p>A thread takes one handler after the other, each in a {@link HandlerScope}, until one of them
 * waits; then another thread takes those that are left. So a handler that waits has a thread of its
 * own, and those that do not wait share one: a thread costs more than what most handlers do.
 *
 * <pre>
 *  loop ── start ─▶ waiting: │ h4 │ h3 │ h2 │ h1 │ ─▶ thread 1: h1, h2, and h2 waits
 *                                                     thread 2: h3, h4, ends    thread 1: h2 goes on
 * </pre>
 *
 * <p>What waits is touched on the platform thread alone.
 */
final class CarriedHandlers {
  private final Carrier carrier;
  private final String name;
  private final Consumer<CarriedThread> steps;
  private final Fifo<Runnable> waiting = new Fifo<>();

  /** A thread that will take what waits is among the steps. */
  private boolean threadStarted;

  /** The first step of the thread that takes over. */
  private @Nullable CarriedThread first;

  private boolean takesOver;

  /**
   * @param name of the threads
   * @param steps takes a thread that can go on
   */
  CarriedHandlers(Carrier carrier, String name, Consumer<CarriedThread> steps) {
    this.carrier = carrier;
    this.name = name;
    this.steps = steps;
  }

  /** Starts a handler: on a carried thread where there are any. Any thread. */
  void start(Runnable handler) {
    if (!CarriedThreads.available()) {
      Thread.ofVirtual().name(name).start(handler);
    } else if (carrier.isOnPlatformThread() && HandlerScope.available()) {
      startShared(handler);
    } else {
      new CarriedThread(steps, name, handler).thread().start();
    }
  }

  private void startShared(Runnable handler) {
    waiting.reserve(); // else a handler could not be added for which there is a thread
    if (!threadStarted) {
      startThread();
    }
    waiting.add(handler);
  }

  private void startThread() {
    new CarriedThread(this::post, name, new Worker()).thread().start();
    threadStarted = true;
  }

  private void post(CarriedThread next) {
    if (takesOver && carrier.isOnPlatformThread()) {
      first = next;
    } else {
      steps.accept(next);
    }
  }

  /** Whether handlers wait that no thread will take: the one that took the others waits itself. */
  boolean lackThread() {
    return !threadStarted && !waiting.isEmpty();
  }

  /**
   * Starts the thread that takes over from one that waits, for the carrier to run it next, so that
   * what waits begins before the loop goes on.
   *
   * @return null when there is no need of one, or no memory for it
   */
  @Nullable CarriedThread takeOver() {
    if (!lackThread()) {
      return null;
    }
    takesOver = true;
    try {
      startThread();
    } catch (RuntimeException | Error e) { // after the next step, then
      FailureLog.errorElsewhere(name, "starts a thread for handlers later, as this failed", e);
    } finally {
      takesOver = false;
    }
    CarriedThread next = first;
    first = null;
    return next;
  }

  int size() {
    return waiting.size();
  }

  /** The loop has ended: what waits begins beside it. */
  void startRestBeside() {
    for (Runnable left = waiting.poll(); left != null; left = waiting.poll()) {
      Carrier.startBeside(left);
    }
  }

  /** A thread, as long as handlers wait. */
  private final class Worker implements LoopTask {
    private final AtomicReference<@Nullable Runnable> current = new AtomicReference<>(null);

    @Override
    public void run() {
      if (carrier.isOnPlatformThread()) { // else it is beside the loop, which has ended
        threadStarted = false;
        runWaiting();
      }
    }

    /** A handler that went on beside the loop was the last one of its thread. */
    private void runWaiting() {
      for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
        carrier.handlerBegins();
        current.setRelease(next);
        var _ = HandlerScope.call(Worker::call, this, next);
        current.setRelease(null);
        if (!carrier.isOnPlatformThread()) {
          return;
        }
      }
    }

    private static boolean call(Worker worker, Runnable handler) {
      handler.run();
      return true;
    }

    @Override
    public LoopTask holder() {
      return current.getAcquire() instanceof LoopTask handler ? handler : this;
    }

    @Override
    public void heldLoop() {
      // no handler runs, or none that wants to know
    }
  }
}
