package dev.leantea.loop;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reports event loops that something holds: a nonBlocking handler that blocks, or a handler that
 * computes for long. As long as it does, the loop's other connections wait.
 *
 * <pre>
 *  beats changed ─▶ free ─ at work, no beat for the limit ─▶ held: one line in the log ─ beat ─▶ free
 * </pre>
 *
 * <p>One daemon thread for all loops of a server; it ends when they have ended.
 */
public final class Watchdog implements Runnable {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final long MOST_PAUSE_MILLIS = 100;

  /** The limit is kept to about a tenth. */
  private static final int LOOKS_PER_LIMIT = 10;

  private final Duration limit;
  private final List<Watched> loops;

  private Watchdog(Duration limit, List<LoopWatch> loops) {
    this.limit = limit;
    this.loops = loops.stream().map(Watched::new).toList();
  }

  /**
   * Starts to watch loops.
   *
   * @param limit how long a loop may be held; zero: it is not watched
   */
  public static void start(Duration limit, List<LoopWatch> loops) {
    if (!limit.isZero()) {
      Thread.ofPlatform().daemon().name("leantea-watchdog").start(new Watchdog(limit, loops));
    }
  }

  @Override
  public void run() {
    long pause = Math.min(MOST_PAUSE_MILLIS, limit.toMillis() / LOOKS_PER_LIMIT);
    try {
      while (!loops.stream().allMatch(Watched::ended)) {
        Thread.sleep(pause);
        long now = System.nanoTime();
        loops.forEach(loop -> loop.look(now, limit));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was seen of a loop so far. The watchdog's thread. */
  private static final class Watched {
    private final LoopWatch loop;
    private long beats;
    private long since = System.nanoTime();
    private boolean told;

    Watched(LoopWatch loop) {
      this.loop = loop;
    }

    boolean ended() {
      return loop.ended();
    }

    void look(long now, Duration limit) {
      long current = loop.beats();
      if (current != beats || !LoopWatch.atWork(current) || !loop.begun() || loop.ended()) {
        beats = current;
        since = now;
        told = false;
      } else if (!told && now - since >= limit.toNanos()) {
        told = true;
        tell(TimeUnit.NANOSECONDS.toMillis(now - since), limit.toMillis());
      }
    }

    private void tell(long heldMillis, long limitMillis) {
      var stack = new Throwable("where " + loop.name() + " is held");
      stack.setStackTrace(loop.stack());
      LOG.log(
          Level.WARNING,
          """
          %s is held for %d ms (limit %d ms), and its other connections wait: \
          take nonBlocking off a handler that blocks, \
          and give long computations to threads of their own\
          """
              .formatted(loop.name(), heldMillis, limitMillis),
          stack);
    }
  }
}
