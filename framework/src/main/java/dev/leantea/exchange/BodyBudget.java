package dev.leantea.exchange;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes the bodies that a server gathers in memory may take together: each alone is within
 * its limit, and many at once must not use up the heap. Any thread.
 */
final class BodyBudget {
  private final long limit;
  private final AtomicLong reserved = new AtomicLong();

  /**
   * @param limit in bytes
   */
  BodyBudget(long limit) {
    this.limit = limit;
  }

  /** Reserves bytes, if there are as many left. */
  boolean reserve(long bytes) {
    if (reserved.addAndGet(bytes) <= limit) {
      return true;
    }
    reserved.addAndGet(-bytes);
    return false;
  }

  void release(long bytes) {
    reserved.addAndGet(-bytes);
  }

  /** Bytes reserved now. */
  long reserved() {
    return reserved.get();
  }
}
