package dev.leantea.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchdogTest {
  private static final Duration LIMIT = Duration.ofMillis(250);

  /** Takes the watchdog's lines, after it has failed a few times. */
  private static final class Lines extends java.util.logging.Handler implements AutoCloseable {
    final LinkedBlockingQueue<LogRecord> records = new LinkedBlockingQueue<>();
    private final AtomicInteger failures;
    private final Logger logger = Logger.getLogger("dev.leantea");

    Lines(int failures) {
      this.failures = new AtomicInteger(failures);
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      if (line.getMessage().startsWith("loop is ")) {
        if (failures.getAndDecrement() > 0) {
          throw new OutOfMemoryError("on purpose");
        }
        records.add(line);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }

  @Test
  void report_noMemoryForIt_isMadeWhenThereIs() throws Exception {
    var release = new CountDownLatch(1);
    try (var lines = new Lines(3);
        var loop = new TestLoop()) {
      Watchdog.start(LIMIT, List.of(loop.carrier));
      loop.execute(() -> await(release));
      assertThat(lines.records.take().getMessage()).startsWith("loop is blocked for ");
      assertThat(lines.records).isEmpty();
      release.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Locked {
    static final ReentrantLock LOCK = new ReentrantLock();
  }

  /** Its initialiser pins the thread to the platform thread, whatever it waits for. */
  private static final class Pinning {
    static final boolean WAS_HELD;
    static final boolean WAS_FREE;

    static {
      WAS_HELD = Locked.LOCK.isLocked();
      Locked.LOCK.lock();
      try {
        WAS_FREE = !Locked.LOCK.hasQueuedThreads();
      } finally {
        Locked.LOCK.unlock();
      }
    }
  }

  /** The holder of the lock is a handler of the same loop, and can go on beside it alone. */
  @Test
  void initialiser_wantsALockWhoseHolderIsUnmounted_holderGoesOnBesideTheLoop() throws Exception {
    var held = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var lines = new Lines(0);
        var loop = new TestLoop()) {
      Watchdog.start(LIMIT, List.of(loop.carrier));
      loop.start(() -> hold(held, release));
      held.await();
      var initialised = new CountDownLatch(1);
      loop.start(
          () -> {
            assertThat(Pinning.WAS_HELD && Pinning.WAS_FREE).isTrue();
            initialised.countDown();
          });
      LogRecord line = lines.records.take();
      assertThat(line.getMessage()).startsWith("loop is held for ");
      assertThat(line.getThrown().getStackTrace())
          .anyMatch(frame -> frame.getMethodName().equals("<clinit>"));
      release.countDown();
      initialised.await();
    }
  }

  private static void hold(CountDownLatch held, CountDownLatch release) {
    Locked.LOCK.lock();
    try {
      held.countDown();
      await(release);
    } finally {
      Locked.LOCK.unlock();
    }
  }
}
