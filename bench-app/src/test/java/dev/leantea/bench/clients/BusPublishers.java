package dev.leantea.bench.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.leantea.bus.Bus;
import dev.leantea.bus.BusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Threads that publish to one topic, each a message after the other, until they are stopped. */
final class BusPublishers {
  static final String TOPIC = "load";

  /** So much does a publisher that is refused leave to others. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<String> failed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger acknowledgedCount = new AtomicInteger();
  private final AtomicInteger failedCount = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  BusPublishers(List<Bus> buses, int threadsOfEach) {
    for (Bus bus : buses) {
      for (int i = 0; i < threadsOfEach; i++) {
        String name = "publisher " + threads.size() + " message ";
        threads.add(Thread.startVirtualThread(() -> publish(bus, name)));
      }
    }
  }

  private void publish(Bus bus, String name) {
    for (int i = 0; !stopped; i++) {
      String message = name + i;
      try {
        var _ = bus.publish(TOPIC, message.getBytes(UTF_8));
        acknowledged.add(message);
        acknowledgedCount.incrementAndGet();
      } catch (BusException e) {
        failed.add(message);
        failedCount.incrementAndGet();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  void awaitAcknowledged(int more) {
    await(acknowledgedCount, more);
  }

  void awaitFailed(int more) {
    await(failedCount, more);
  }

  private static void await(AtomicInteger count, int more) {
    int target = count.get() + more;
    while (count.get() < target) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  List<String> acknowledged() {
    return List.copyOf(acknowledged);
  }

  List<String> failed() {
    return List.copyOf(failed);
  }
}
