package dev.leantea.loop;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** A platform thread that knows the carrier that it belongs to. */
final class CarrierThread extends Thread {
  private final Carrier carrier;

  CarrierThread(Carrier carrier, String name, Runnable task) {
    super(task, name);
    this.carrier = carrier;
  }

  Carrier carrier() {
    return carrier;
  }

  /** Its processor time in nanoseconds. Any thread. */
  long cpuNanos() {
    return CpuTime.THREADS.getThreadCpuTime(threadId());
  }

  /** Loaded when a loop is suspected for the first time. */
  private static final class CpuTime {
    static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  }
}
