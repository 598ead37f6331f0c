package dev.leantea.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CarrierSleepTest {
  /** The loop has woken up by itself, and waits again, while a thread is still about to wake it. */
  @Test
  void end_whileAnotherThreadCallsTheWakeup_returnsAtOnceAndIsServed() throws Exception {
    var calls = new AtomicInteger();
    var inside = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var sleep =
        new CarrierSleep(
            Thread.currentThread(),
            () -> {
              calls.incrementAndGet();
              inside.countDown();
              await(release);
            });
    sleep.beginWaiting();
    Thread first = Thread.startVirtualThread(sleep::end);
    inside.await();
    sleep.over();
    sleep.beginWaiting();
    sleep.end();
    assertThat(calls).hasValue(1);
    release.countDown();
    first.join();
    assertThat(calls).hasValue(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
