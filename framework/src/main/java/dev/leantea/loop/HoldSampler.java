package dev.leantea.loop;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds handlers that hold the platform thread of their event loop, by looking at the loops' {@link
 * LoopWatch} every few milliseconds: the loops read no clock for it, and write nothing that they
 * would not write anyway. What is found is notified ({@link LoopTask#heldLoop}), so that the next
 * requests of its route run beside the loops.
 *
 * <pre>
 *  look     ms 5    ms 10   ms 15   ms 20    the same piece of work at three looks, and its thread
 *  count    17      21      21      21       was given the processor: it computes
 * </pre>
 *
 * <p>A thread that was given little of the processor either waits in the kernel, for a file or a
 * name, or the machine is busy with others: then it counts when it has lasted longer.
 *
 * <p>While a loop is held, handlers that other threads unpark go on beside it, and its new
 * connections go to other loops ({@link Carrier#whileHeld}).
 *
 * <p>One daemon thread for all loops of a server; it ends when they have ended.
 */
public final class HoldSampler implements Runnable {
  private static final long LOOK_MILLIS = 5;

  /** Between looks when all loops were at rest. */
  private static final long IDLE_LOOK_MILLIS = 20;

  /** Looks at which the same piece of work was seen again, if its thread computes. */
  private static final int COMPUTING_LOOKS = 2;

  /** The same, if it waits, or is made to. */
  private static final int WAITING_LOOKS = 10;

  /** A look that comes later than this says nothing: the process itself had to wait. */
  private static final long MAX_LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(3 * LOOK_MILLIS);

  private final Sampled[] loops;
  private long lastLook = System.nanoTime();
  private boolean idle;

  private HoldSampler(List<Carrier> loops) {
    this.loops = loops.stream().map(Sampled::new).toArray(Sampled[]::new);
  }

  /** Starts to look at loops that have started. Where they carry no handlers it does nothing. */
  public static void start(List<Carrier> loops) {
    if (CarriedThreads.available()) {
      Thread.ofPlatform().daemon().name("leantea-sampler").start(new HoldSampler(loops));
    }
  }

  @Override
  public void run() {
    try {
      while (anyAlive()) {
        lookSafely();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean anyAlive() {
    boolean alive = false;
    for (int i = 0; i < loops.length; i++) {
      alive |= loops[i].carrier.isAlive();
    }
    return alive;
  }

  private void lookSafely() throws InterruptedException {
    try {
      Thread.sleep(idle ? IDLE_LOOK_MILLIS : LOOK_MILLIS);
      long now = System.nanoTime();
      boolean late = now - lastLook > MAX_LATE_NANOS;
      lastLook = now;
      idle = look(now, late);
    } catch (RuntimeException | Error _) {
      // No memory: the next look tries again.
    }
  }

  /** Whether all loops are at rest. */
  private boolean look(long now, boolean late) {
    boolean rest = true;
    for (int i = 0; i < loops.length; i++) {
      rest &= loops[i].look(now, late);
    }
    return rest;
  }

  /** What was seen of a loop so far. */
  private static final class Sampled {
    private final Carrier carrier;
    private long count;
    private int seenAgain;
    private long cpuBefore;
    private long timeBefore;

    Sampled(Carrier carrier) {
      this.carrier = carrier;
    }

    /** Whether the loop is at rest. */
    boolean look(long now, boolean late) {
      long current = carrier.watch().platformThread();
      boolean rest = !LoopWatch.isAtWork(current);
      if (rest || current != count || (late && !carrier.isHeld())) {
        count = current;
        seenAgain = 0;
        carrier.released();
        return rest;
      }
      seenAgain++;
      if (seenAgain >= COMPUTING_LOOKS) {
        carrier.sockets().withdraw();
      }
      if (carrier.isHeld()) {
        relieve();
      } else {
        suspect(now);
      }
      return false;
    }

    private void suspect(long now) {
      if (seenAgain == 1) {
        cpuBefore = carrier.cpuNanos();
        timeBefore = now;
      } else if (seenAgain >= WAITING_LOOKS || (seenAgain >= COMPUTING_LOOKS && computes(now))) {
        carrier.held(count);
        relieve();
      }
    }

    private void relieve() {
      carrier.relieve();
      carrier.actWhileHeld();
    }

    /** Whether its thread had the processor for most of the time. */
    private boolean computes(long now) {
      return 2 * (carrier.cpuNanos() - cpuBefore) >= now - timeBefore;
    }
  }
}
