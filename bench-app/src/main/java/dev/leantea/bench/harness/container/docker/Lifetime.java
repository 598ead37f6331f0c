package dev.leantea.bench.harness.container.docker;

import dev.leantea.bench.harness.BenchException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds a container between its start and its end, which another thread may bring: Ctrl-C comes at
 * any moment, also while the engine is still making the container, when there is nothing to remove
 * yet.
 *
 * <ol>
 *   <li>{@link #enter} begins a use, unless all is over.
 *   <li>{@link #leave} ends it.
 *   <li>{@link #end}, on any thread, removes the container and waits until nobody uses it.
 * </ol>
 */
final class Lifetime {
  private static final long RETRY_MILLIS = 50;
  private static final long PATIENCE_SECONDS = 20;

  private final ReentrantLock use = new ReentrantLock();
  private volatile boolean over;

  /**
   * Begins a use, which {@link #leave} has to end.
   *
   * @throws BenchException when all is over
   */
  void enter() throws BenchException {
    use.lock();
    if (over) {
      use.unlock();
      throw new BenchException("interrupted");
    }
  }

  void leave() {
    use.unlock();
  }

  /** Removes a container, however far it has come, and lets no other one begin. */
  void end(Runnable removal) {
    over = true;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    do {
      removal.run();
    } while (!left() && System.nanoTime() < deadline);
    removal.run();
  }

  private boolean left() {
    try {
      boolean left = use.tryLock(RETRY_MILLIS, TimeUnit.MILLISECONDS);
      if (left) {
        use.unlock();
      }
      return left;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
