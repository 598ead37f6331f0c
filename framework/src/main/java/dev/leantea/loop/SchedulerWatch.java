package dev.leantea.loop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JDK's scheduler of virtual threads going, on which handlers run that no loop carries.
 * It has one carrier for each processor, and can stop in two ways.
 *
 * <ul>
 *   <li>A thread that waits within a class initializer, or for one, holds its carrier. When all are
 *       held, no virtual thread of this JVM goes on, the JDK's socket pollers among them: so what
 *       the holders wait for may never come. The scheduler gets more carriers for as long as that
 *       lasts.
 *   <li>Its carriers end when there is no memory, and what is queued then stays where it is until
 *       another thread is started. The probe is that thread.
 * </ul>
 *
 * <pre>
 *  IDLE ── a server has work ──▶ PROBING ── the probe has run ──▶ PROBING …
 *                                   │ not after {@value #LOOKS_TO_SUSPECT} looks, and processors idle
 *                                   ▼
 *                                 HELD: more carriers at each look ── the probe has run ──▶ PROBING
 * </pre>
 *
 * <p>The probe is a virtual thread that does nothing, one at each look. One daemon thread for all
 * servers of the JVM; it ends with the last of them.
 */
public final class SchedulerWatch implements Runnable {
  private static final long LOOK_MILLIS = 100;

  /** Looks at which the same probe has not run. */
  private static final int LOOKS_TO_SUSPECT = 2;

  /** Looks at which fewer threads are mounted than there were carriers at first. */
  private static final int LOOKS_TO_RESTORE = 10;

  private static final List<BooleanSupplier> SERVERS = new CopyOnWriteArrayList<>();
  private static @Nullable Thread running;

  private volatile boolean probeHasRun = true;
  private int looksWithout;
  private int looksCalm;
  private @Nullable SchedulerCarriers carriers;

  private SchedulerWatch() {}

  /**
   * Watches on behalf of one more server.
   *
   * @param hasWork whether a handler of the server runs, or should; called by the watch's thread
   */
  public static synchronized void begin(BooleanSupplier hasWork) {
    SERVERS.add(hasWork);
    if (running == null) {
      running =
          Thread.ofPlatform().daemon().name("leantea-scheduler-watch").start(new SchedulerWatch());
    }
  }

  /** The server has stopped. */
  public static synchronized void end(BooleanSupplier hasWork) {
    SERVERS.remove(hasWork);
  }

  /** Whether the watch's thread is to end, and a new one is started for the next server. */
  private static synchronized boolean isOver() {
    boolean over = SERVERS.isEmpty();
    if (over) {
      running = null;
    }
    return over;
  }

  @Override
  public void run() {
    try {
      while (isRaised() || !isOver()) {
        lookSafely();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookSafely() throws InterruptedException {
    try {
      Thread.sleep(LOOK_MILLIS);
      look();
    } catch (RuntimeException | Error _) {
      // There is no memory for a probe: the next look tries again.
    }
  }

  private void look() {
    if (!probeHasRun) {
      looksWithout++;
      if (looksWithout >= LOOKS_TO_SUSPECT) {
        suspect();
      }
      return;
    }
    looksWithout = 0;
    restoreIfCalm();
    if (isRaised() || hasWork()) {
      probe();
    }
  }

  private static boolean hasWork() {
    for (BooleanSupplier server : SERVERS) {
      if (server.getAsBoolean()) {
        return true;
      }
    }
    return false;
  }

  private void probe() {
    probeHasRun = false;
    try {
      Thread.ofVirtual().name("leantea-probe").start(() -> probeHasRun = true);
    } catch (RuntimeException | Error e) {
      probeHasRun = true;
      throw e;
    }
  }

  // ---- the carriers

  private void suspect() {
    SchedulerCarriers known = carriers;
    if (known == null) {
      known = SchedulerCarriers.open();
      carriers = known;
    }
    if (looksWithout == LOOKS_TO_SUSPECT) {
      known.beginMeasuring();
    } else if (known.areIdle()) {
      looksCalm = 0;
      known.raise(looksWithout * LOOK_MILLIS);
    }
  }

  private boolean isRaised() {
    SchedulerCarriers known = carriers;
    return known != null && known.isRaised();
  }

  private void restoreIfCalm() {
    SchedulerCarriers known = carriers;
    if (known != null && known.isRaised()) {
      looksCalm = known.needsNoMore() ? looksCalm + 1 : 0;
      if (looksCalm >= LOOKS_TO_RESTORE) {
        known.restore();
      }
    }
  }
}
