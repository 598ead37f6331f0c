package dev.leantea.loop;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How a {@link Carrier} sleeps, and what ends that:
 *
 * <ol>
 *   <li>WAITING: the loop waits for events. Whoever adds a step or a task calls the loop's wake-up.
 *   <li>PARKED: nothing can run, for the loop is in the middle of something and waits for a lock.
 *       Whoever adds a step unparks the platform thread.
 * </ol>
 *
 * <p>The sleeper sets the state and then looks at the queues; who adds to a queue reads the state
 * afterwards. Both are volatile, so at least one of the two sees the other. Who ends the sleep sets
 * AWAKE, so it is ended once.
 */
final class CarrierSleep {
  private static final int AWAKE = 0;
  private static final int WAITING = 1;
  private static final int PARKED = 2;

  private final Thread platformThread;
  private final Runnable wakeup;
  private final AtomicInteger state = new AtomicInteger(AWAKE);

  /** Calls of the wake-up that are asked for and not made. */
  private final AtomicInteger wakeups = new AtomicInteger();

  /**
   * A carrier that is awake.
   *
   * @param platformThread which is parked
   * @param wakeup ends the loop's wait for events; called by any thread
   */
  CarrierSleep(Thread platformThread, Runnable wakeup) {
    this.platformThread = platformThread;
    this.wakeup = wakeup;
  }

  // ---- the sleeper

  /** The loop looks at its queues now, and then waits for events. */
  void beginWaiting() {
    state.set(WAITING);
  }

  /** Waits until a step is added, unless there is one. The platform thread. */
  void parkIfEmpty(ArrivalQueue<CarriedThread> steps) {
    state.set(PARKED);
    if (steps.isEmpty()) {
      LockSupport.park(this);
    }
    over();
  }

  /** The sleeper is awake. */
  void over() {
    state.setRelease(AWAKE); // seen late it costs a wake-up that is not needed
  }

  // ---- any thread, which has added to a queue

  /** Ends the loop's wait for events. */
  void endWaiting() {
    if (state.get() == WAITING && state.compareAndSet(WAITING, AWAKE)) {
      endWaitForEvents();
    }
  }

  /** Ends the sleep, whichever it is. */
  void end() {
    int before = state.get();
    if (before != AWAKE && state.compareAndSet(before, AWAKE)) {
      if (before == PARKED) {
        LockSupport.unpark(platformThread);
      } else {
        endWaitForEvents();
      }
    }
  }

  /**
   * Has one thread at a time call the wake-up; it calls it for those that come meanwhile, too.
   *
   * <p>A wake-up may take a lock, as {@link java.nio.channels.Selector#wakeup} does. When several
   * threads wait for it and a virtual one is the next to get it, a thread of the JDK has to let
   * that one go on. If the JDK's thread waits for the same lock, for it wakes this loop as well,
   * then neither goes on, and no virtual thread of the JVM that waits for a lock.
   */
  private void endWaitForEvents() {
    if (wakeups.getAndIncrement() == 0) {
      int served;
      do {
        served = wakeups.get();
        wakeup();
      } while (wakeups.addAndGet(-served) > 0);
    }
  }

  /**
   * Throws nothing, for what was added is in its queue: the JDK would add a step again after an
   * OutOfMemoryError, and end its thread that unblocks virtual threads, for good, after others.
   */
  private void wakeup() {
    try {
      wakeup.run();
    } catch (RuntimeException | Error _) {
      // No memory for the wake-up: the loop looks by itself when its wait ends, within 100 ms.
    }
  }
}
