package dev.leantea.loop;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reports event loops that do not go on: a handler holds the platform thread, by computing or by a
 * wait that pins it, or the loop itself waits for a lock or for something else that a nonBlocking
 * handler waits for. As long as it does, the loop's other connections wait.
 *
 * <pre>
 *  count changed ─▶ free ─ at work, same count for the limit ─▶ stuck: one line in the log ─ changed ─▶ free
 * </pre>
 *
 * <p>One daemon thread for all loops of a server; it ends when they have ended.
 */
public final class Watchdog implements Runnable {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final long MAX_PAUSE_MILLIS = 100;
  private static final String REMEDY =
      "take nonBlocking off a handler that blocks, and give long computations to threads of their"
          + " own";

  /** The limit is kept to about a tenth. */
  private static final int LOOKS_PER_LIMIT = 10;

  private final long pauseMillis;
  private final Watched[] loops;

  private Watchdog(Duration limit, List<Carrier> loops) {
    this.pauseMillis = Math.min(MAX_PAUSE_MILLIS, limit.toMillis() / LOOKS_PER_LIMIT);
    this.loops = loops.stream().map(it -> new Watched(it, limit)).toArray(Watched[]::new);
  }

  /**
   * Starts to watch loops that have started.
   *
   * @param limit how long a loop may be stuck; zero: it is not watched
   */
  public static void start(Duration limit, List<Carrier> loops) {
    if (!limit.isZero()) {
      Thread.ofPlatform().daemon().name("leantea-watchdog").start(new Watchdog(limit, loops));
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

  /** Allocates nothing: without memory the watchdog goes on. */
  private boolean anyAlive() {
    boolean alive = false;
    for (int i = 0; i < loops.length; i++) {
      alive |= loops[i].isAlive();
    }
    return alive;
  }

  private void lookSafely() throws InterruptedException {
    try {
      Thread.sleep(pauseMillis);
      look();
    } catch (RuntimeException | Error _) {
      // There is no memory for the line in the log: the next look tries again.
    }
  }

  private void look() {
    long now = System.nanoTime();
    for (int i = 0; i < loops.length; i++) {
      loops[i].look(now);
    }
  }

  /** One counter, and since when it has not changed. */
  private static final class Progress {
    private final long limitNanos;
    private long count;
    private long since = System.nanoTime();
    private boolean reported;

    Progress(Duration limit) {
      this.limitNanos = limit.toNanos();
    }

    /** Whether it is at work on the same thing since the limit or longer. */
    boolean isStuck(long current, long now) {
      if (current != count || !LoopWatch.isAtWork(current)) {
        count = current;
        since = now;
        reported = false;
        return false;
      }
      return now - since >= limitNanos;
    }

    long millis(long now) {
      return TimeUnit.NANOSECONDS.toMillis(now - since);
    }
  }

  /** What was seen of a loop so far. The watchdog's thread. */
  private static final class Watched {
    private final Carrier carrier;
    private final Duration limit;
    private final Progress platformThread;
    private final Progress loop;

    Watched(Carrier carrier, Duration limit) {
      this.carrier = carrier;
      this.limit = limit;
      this.platformThread = new Progress(limit);
      this.loop = new Progress(limit);
    }

    boolean isAlive() {
      return carrier.isAlive();
    }

    void look(long now) {
      boolean held = platformThread.isStuck(carrier.watch().platformThread(), now);
      boolean blocked = loop.isStuck(carrier.watch().loop(), now);
      if (!carrier.isAlive()) {
        return;
      }
      if (held) {
        carrier.relieve();
        report("held", platformThread, carrier.runningStack(), now);
      } else if (blocked) {
        report("blocked", loop, carrier.owner().getStackTrace(), now);
      }
    }

    private void report(String how, Progress stuck, StackTraceElement[] stack, long now) {
      if (stuck.reported) {
        return;
      }
      var where = new Throwable("where " + carrier.name() + " is " + how);
      where.setStackTrace(stack);
      String forHow = " for " + stuck.millis(now) + " ms (limit " + limit.toMillis() + " ms)";
      LOG.log(
          Level.WARNING,
          carrier.name() + " is " + how + forHow + ", and its connections wait: " + REMEDY,
          where);
      stuck.reported = true;
    }
  }
}
