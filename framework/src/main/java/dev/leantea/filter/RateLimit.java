package dev.leantea.filter;

import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Limits the requests of each client by a token bucket; beyond it the answer is 429 with {@code
 * Retry-After}:
 *
 * <pre>{@code
 * Filter limit = RateLimit.of(100, Duration.ofMinutes(1)).withBurst(20);                  // by address
 * Filter limit = RateLimit.of(10, Duration.ofSeconds(1)).by(it -> it.attribute(USER).orElseThrow());
 * }</pre>
 *
 * <p>One filter counts for all routes that it is around. It keeps one number for each key, of at
 * most so many keys: the one that was seen longest ago is forgotten first, and begins with a full
 * bucket when it comes again. Immutable but for its counts: each {@code with…} begins with new
 * ones.
 */
public final class RateLimit implements Filter {
  private static final int DEFAULT_MAX_KEYS = 100_000;

  private final long intervalNanos;
  private final int burst;
  private final int maxKeys;
  private final Function<Request, Object> key;
  private final LongSupplier clock;
  private final TokenBuckets buckets;

  private RateLimit(
      long intervalNanos,
      int burst,
      int maxKeys,
      Function<Request, Object> key,
      LongSupplier clock) {
    this.intervalNanos = intervalNanos;
    this.burst = burst;
    this.maxKeys = maxKeys;
    this.key = key;
    this.clock = clock;
    this.buckets = new TokenBuckets(intervalNanos, burst, maxKeys);
  }

  /**
   * So many requests in a time, for each address of a client: an IPv4 address, or the first 64 bits
   * of an IPv6 address. As many may come at once.
   *
   * @param requests 1 or more
   * @param time in which one request after the other is allowed again; more than 0
   */
  public static RateLimit of(int requests, Duration time) {
    return of(requests, time, System::nanoTime);
  }

  static RateLimit of(int requests, Duration time, LongSupplier clock) {
    if (requests < 1) {
      throw new IllegalArgumentException("rate limit: expected 1 request or more, got " + requests);
    }
    long interval = time.isPositive() ? time.dividedBy(requests).toNanos() : 0;
    if (interval < 1) {
      throw new IllegalArgumentException(
          "rate limit: expected 1 ns or more for each request, got " + requests + " in " + time);
    }
    return new RateLimit(interval, requests, DEFAULT_MAX_KEYS, ClientNetwork::of, clock);
  }

  /**
   * With another key than the address, such as a user or an API key; keys are compared by {@code
   * equals}. Behind a proxy that is not known the address is the proxy's.
   */
  public RateLimit by(Function<Request, Object> other) {
    return new RateLimit(intervalNanos, burst, maxKeys, other, clock);
  }

  /**
   * With another number of requests that may come at once.
   *
   * @param requests 1 or more
   */
  public RateLimit withBurst(int requests) {
    if (requests < 1) {
      throw new IllegalArgumentException("burst: expected 1 or more, got " + requests);
    }
    return new RateLimit(intervalNanos, requests, maxKeys, key, clock);
  }

  /**
   * With another number of keys that are kept: about 100 bytes each, and what the key itself takes.
   *
   * @param keys 16 or more; 100,000 by default
   */
  public RateLimit withMaxKeys(int keys) {
    if (keys < TokenBuckets.STRIPES) {
      throw new IllegalArgumentException("max keys: expected 16 or more, got " + keys);
    }
    return new RateLimit(intervalNanos, burst, keys, key, clock);
  }

  @Override
  public Handler wrap(Handler next) {
    return request -> {
      long waitNanos = buckets.take(key.apply(request), clock.getAsLong());
      return waitNanos == 0 ? next.handle(request) : tooMany(request, waitNanos);
    };
  }

  @Override
  public Execution execution() {
    return Execution.NON_BLOCKING;
  }

  private static Response tooMany(Request request, long waitNanos) {
    long seconds = (waitNanos - 1) / TimeUnit.SECONDS.toNanos(1) + 1;
    return HttpException.of(429, "too many requests")
        .header("Retry-After", Long.toString(seconds))
        .toResponse(request);
  }
}
