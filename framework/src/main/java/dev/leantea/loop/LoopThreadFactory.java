package dev.leantea.loop;

import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes virtual threads that one event loop carries.
 *
 * <p>The threads know their loop through this object alone, and it forgets the loop when that ends:
 * what is left of the threads goes on, or starts, on the JDK's scheduler.
 */
public final class LoopThreadFactory implements ThreadFactory {
  private static final ThreadFactory ORDINARY = Thread.ofVirtual().factory();

  /** Null once the loop has ended. */
  private volatile @Nullable Carrier carrier;

  LoopThreadFactory(Carrier carrier) {
    this.carrier = carrier;
  }

  /** That of the loop that carries the caller; one of ordinary virtual threads where none does. */
  public static ThreadFactory ofCaller() {
    return CarriedThreads.available() && CarriedThreads.current() instanceof CarrierThread thread
        ? thread.carrier().threads()
        : ORDINARY;
  }

  @Override
  public Thread newThread(Runnable task) {
    if (carrier == null) {
      return ORDINARY.newThread(task);
    }
    var placed = new Placed(this, task);
    return new CarriedThread(placed, "", placed).thread();
  }

  /** The loop has ended. */
  void forgetLoop() {
    carrier = null;
  }

  /** Where the steps of one thread run: on the loop, until that ends or the thread holds it. */
  private static final class Placed implements LoopTask, Consumer<CarriedThread> {
    private final LoopThreadFactory factory;
    private final Runnable task;
    private volatile boolean heldLoop;

    Placed(LoopThreadFactory factory, Runnable task) {
      this.factory = factory;
      this.task = task;
    }

    @Override
    public void run() {
      task.run();
    }

    @Override
    public void heldLoop() {
      heldLoop = true;
    }

    @Override
    public void accept(CarriedThread next) {
      Carrier loop = factory.carrier;
      if (loop == null || heldLoop) {
        next.stepElsewhere();
      } else {
        loop.post(next);
      }
    }
  }
}
