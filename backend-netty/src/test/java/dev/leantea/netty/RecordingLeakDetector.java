package dev.leantea.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Netty's leak detector, which remembers what it reports. The build names it in {@code
 * io.netty.customResourceLeakDetector}, at the level paranoid: every buffer is watched.
 *
 * @param <T> what is watched: buffers, timers
 */
public final class RecordingLeakDetector<T> extends ResourceLeakDetector<T> {
  private static final String CONTROL = "leaked on purpose";
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();

  /** Called by Netty. */
  public RecordingLeakDetector(Class<?> type, int samplingInterval) {
    super(type, samplingInterval);
  }

  /** Called by Netty. */
  public RecordingLeakDetector(Class<?> type, int samplingInterval, long mostActive) {
    super(type, samplingInterval);
  }

  @Override
  protected boolean needReport() {
    return true;
  }

  @Override
  protected void reportTracedLeak(String type, String records) {
    REPORTS.add(type + ": " + records);
  }

  @Override
  protected void reportUntracedLeak(String type) {
    REPORTS.add(type);
  }

  /**
   * Fails if a buffer was lost so far. It loses one itself: when that one is reported, the garbage
   * collector and the detector have looked at all that were lost before it.
   */
  static void requireNone() {
    leakOne();
    long deadline = System.nanoTime() + TIMEOUT_NANOS;
    while (REPORTS.stream().noneMatch(RecordingLeakDetector::isControl)) {
      assertThat(System.nanoTime()).as("the detector is off").isLessThan(deadline);
      System.gc();
      PooledByteBufAllocator.DEFAULT.directBuffer(16).release(); // the detector looks at a new one
    }
    assertThat(REPORTS).allMatch(RecordingLeakDetector::isControl);
    REPORTS.clear();
  }

  private static boolean isControl(String report) {
    return report.contains(CONTROL);
  }

  private static void leakOne() {
    var _ = PooledByteBufAllocator.DEFAULT.directBuffer(16).touch(CONTROL);
  }
}
