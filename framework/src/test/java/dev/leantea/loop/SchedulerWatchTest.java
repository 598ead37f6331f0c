package dev.leantea.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.FreshClass;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60) // reached only when the scheduler stays held
class SchedulerWatchTest {
  private static final VirtualThreadSchedulerMXBean SCHEDULER =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

  /** Shared by all copies of {@link Initialized}. */
  public static final class Gate {
    private static final Semaphore ENTERED = new Semaphore(0);
    private static final CountDownLatch OPEN = new CountDownLatch(1);

    private Gate() {}

    /** Waits until the gate is open. */
    public static String pass() {
      ENTERED.release();
      try {
        OPEN.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return "passed";
    }
  }

  /** Waits in its initializer, which holds the thread's carrier. */
  public static final class Initialized {
    /** What came of it. */
    public static final String ANSWER = Gate.pass();

    private Initialized() {}
  }

  /** Who opens the gate is a thread of the same scheduler. */
  @Test
  void initializersHoldAllCarriers_othersGoOn_andThereAreNoMoreCarriersAfterwards()
      throws Exception {
    int carriers = SCHEDULER.getParallelism();
    var waiting = new ArrayList<FutureTask<String>>();
    for (int i = 0; i < carriers; i++) {
      waiting.add(onVirtualThread(new FutureTask<>(() -> FreshClass.answer(Initialized.class))));
    }
    Gate.ENTERED.acquire(carriers);
    BooleanSupplier hasWork = () -> true;
    SchedulerWatch.begin(hasWork);
    try {
      var _ = onVirtualThread(new FutureTask<>(Gate.OPEN::countDown, "opened"));
      for (FutureTask<String> each : waiting) {
        assertThat(each.get()).isEqualTo("passed");
      }
      awaitParallelism(carriers);
    } finally {
      SchedulerWatch.end(hasWork);
    }
  }

  private static <T> FutureTask<T> onVirtualThread(FutureTask<T> task) {
    Thread.ofVirtual().start(task);
    return task;
  }

  private static void awaitParallelism(int carriers) throws InterruptedException {
    while (SCHEDULER.getParallelism() != carriers) {
      Thread.sleep(10);
    }
  }
}
