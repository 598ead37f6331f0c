package dev.leantea.loop;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Virtual threads whose carrier is an event loop: a handler that may block starts on the loop's own
 * platform thread, without a hand-over to another one; when it blocks, the loop goes on; when it
 * can go on, it does so on the same loop.
 *
 * <pre>
 *  loop thread ─ I/O ─┬─ start ─▶ handler ─ answer ─┬─ I/O ─ …      never blocked: no hop at all
 *                     └─ start ─▶ handler ─ parks ──┴─ I/O ─ unpark ─▶ handler ─ answer ─ …
 * </pre>
 *
 * <p>JDK 25 has this and does not export it, so it needs {@code --add-opens java.base/java.lang=…}.
 * Where that is missing, handlers run on ordinary virtual threads: one hand-over each way, slower,
 * never wrong.
 */
public final class CarriedThreads {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final AtomicBoolean WARNED = new AtomicBoolean();
  private static final boolean AVAILABLE = JdkThreads.missing().isEmpty();

  private CarriedThreads() {}

  /** Whether loops can carry virtual threads in this JVM. */
  public static boolean available() {
    return AVAILABLE;
  }

  /** The JVM option that makes them available. */
  public static String option() {
    Module module = CarriedThreads.class.getModule();
    return "--add-opens java.base/java.lang="
        + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
  }

  /**
   * Starts a virtual thread that a carrier of the caller's runs; where loops cannot carry, an
   * ordinary one.
   *
   * @param carrier gets each step of the thread, to run it once on a platform thread
   */
  public static Thread start(Executor carrier, String name, Runnable task) {
    if (!AVAILABLE) {
      return Thread.ofVirtual().name(name).start(task);
    }
    var thread = new CarriedThread(it -> carrier.execute(it::step), name, task);
    thread.thread().start();
    return thread.thread();
  }

  /** Says once in the log that loops carry no threads, and which option is missing. */
  static void warnIfMissing() {
    if (!AVAILABLE && WARNED.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "handlers run on ordinary virtual threads, which costs a hand-over each way; to let the"
              + " event loops carry them add the JVM option "
              + option());
    }
  }

  /**
   * The platform thread that runs the caller: the carrier where the caller is a virtual thread that
   * a loop carries, and the caller itself on a platform thread. Where loops cannot carry, the
   * caller.
   */
  static Thread current() {
    return AVAILABLE ? JdkThreads.carrier() : Thread.currentThread();
  }
}
