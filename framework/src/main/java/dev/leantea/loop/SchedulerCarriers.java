package dev.leantea.loop;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * How many carriers the JDK's scheduler of virtual threads may have, by its management interface;
 * loaded when it is suspected for the first time. The {@link SchedulerWatch}'s thread.
 */
final class SchedulerCarriers {
  /** Maximum number of further carriers; below what the JDK allows by default. */
  private static final int MAX_MORE = 128;

  /** Attempts to have a carrier started, at each call. */
  private static final int NUDGES = 4;

  private final VirtualThreadSchedulerMXBean scheduler;
  private final OperatingSystemMXBean system;
  private int before;
  private int more;
  private long cpuBefore;
  private long timeBefore;

  private SchedulerCarriers(VirtualThreadSchedulerMXBean scheduler, OperatingSystemMXBean system) {
    this.scheduler = scheduler;
    this.system = system;
  }

  static SchedulerCarriers open() {
    return new SchedulerCarriers(
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class));
  }

  boolean isRaised() {
    return more > 0;
  }

  void beginMeasuring() {
    cpuBefore = system.getProcessCpuTime();
    timeBefore = System.nanoTime();
  }

  /**
   * Whether this process left half a processor idle, or more, since {@link #beginMeasuring}: then
   * not all carriers compute. More of them would not help those that do.
   */
  boolean areIdle() {
    long used = system.getProcessCpuTime() - cpuBefore;
    long time = System.nanoTime() - timeBefore;
    return 2 * used < (2L * system.getAvailableProcessors() - 1) * time;
  }

  /** One more, then twice as many at each call. */
  void raise(long millis) {
    boolean first = more == 0;
    if (first) {
      before = scheduler.getParallelism();
    }
    int next = Math.min(MAX_MORE, Math.max(1, 2 * more));
    scheduler.setParallelism(before + next);
    more = next;
    for (int i = 0; i < NUDGES; i++) {
      nudge();
    }
    if (first) {
      logElsewhere(before, millis);
    }
  }

  /**
   * Has a carrier started. The scheduler does so when a thread is queued, but not behind others in
   * the same queue; each platform thread uses a queue by random. The carrier then starts others, as
   * long as there is something in a queue.
   */
  private static void nudge() {
    Thread.ofPlatform()
        .daemon()
        .name("leantea-nudge")
        .start(() -> Thread.ofVirtual().name("leantea-nudge").start(() -> {}));
  }

  /** Whether as many carriers as before would be enough for the threads that are mounted. */
  boolean needsNoMore() {
    return scheduler.getMountedVirtualThreadCount() < before;
  }

  void restore() {
    if (scheduler.getParallelism() == before + more) { // else somebody else has set it
      scheduler.setParallelism(before);
    }
    more = 0;
  }

  /** One of the threads that hold a carrier may hold the log's lock. */
  private static void logElsewhere(int carriers, long millis) {
    String line =
        "the JDK's scheduler of virtual threads has run none for "
            + millis
            + " ms: its "
            + carriers
            + " carriers are held, as by threads that wait within class initializers; it gets more"
            + " until they go on (jcmd PID Thread.dump_to_file shows the threads)";
    FailureLog.warningElsewhere(line);
  }
}
