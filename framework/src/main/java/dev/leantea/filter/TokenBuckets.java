package dev.leantea.filter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Token buckets by key, in bounded memory. A bucket is one number, the time at which it will be
 * full (the generic cell rate algorithm): nothing is refilled by a clock. Any thread; it waits for
 * other threads for less than a microsecond.
 */
final class TokenBuckets {
  /** Threads of different stripes do not wait for each other. */
  static final int STRIPES = 16;

  private final long intervalNanos;
  private final long toleranceNanos;
  private final Stripe[] stripes = new Stripe[STRIPES];

  TokenBuckets(long intervalNanos, int burst, int maxKeys) {
    this.intervalNanos = intervalNanos;
    this.toleranceNanos = Math.multiplyExact(intervalNanos, burst - 1L);
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe(maxKeys / STRIPES);
    }
  }

  /** Takes a token: returns 0, or the nanoseconds until there will be one. */
  long take(Object key, long now) {
    int hash = key.hashCode();
    Stripe stripe = stripes[(hash ^ hash >>> 16) & (STRIPES - 1)];
    stripe.lock.lock();
    try {
      return take(stripe.buckets.computeIfAbsent(key, _ -> new Bucket(now)), now);
    } finally {
      stripe.lock.unlock();
    }
  }

  private long take(Bucket bucket, long now) {
    if (bucket.fullAt - now < 0) { // the difference: nanoTime may overflow
      bucket.fullAt = now;
    }
    long tooMuch = bucket.fullAt - now - toleranceNanos;
    if (tooMuch <= 0) {
      bucket.fullAt += intervalNanos;
    }
    return Math.max(0, tooMuch);
  }

  private static final class Bucket {
    long fullAt;

    Bucket(long now) {
      fullAt = now;
    }
  }

  private static final class Stripe {
    final ReentrantLock lock = new ReentrantLock();
    final Map<Object, Bucket> buckets;

    Stripe(int maxKeys) {
      buckets =
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Bucket> eldest) {
              return size() > maxKeys;
            }
          };
    }
  }
}
