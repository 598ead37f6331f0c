package dev.leantea.bench.serve;

import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Counts requests, and the time from a handler's call to its return. A streamed body is written
 * later, so its time is not included. Any thread counts, without a lock; one thread reads.
 */
final class Traffic implements Filter {
  private static final long MAX_NANOS = 60_000_000_000L;
  private static final int SIGNIFICANT_DIGITS = 2;

  private final Recorder latencies = new Recorder(MAX_NANOS, SIGNIFICANT_DIGITS);
  private Histogram recycled = latencies.getIntervalHistogram();

  @Override
  public Handler wrap(Handler next) {
    return request -> measured(next, request);
  }

  /** It never blocks, so routes that do not block stay on their loop. */
  @Override
  public Execution execution() {
    return Execution.NON_BLOCKING;
  }

  private Response measured(Handler next, Request request) throws Exception {
    long start = System.nanoTime();
    try {
      return next.handle(request);
    } finally {
      latencies.recordValue(Math.min(System.nanoTime() - start, MAX_NANOS));
    }
  }

  /** The latencies since the last call, in nanoseconds. Valid until the next call. */
  Histogram take() {
    recycled = latencies.getIntervalHistogram(recycled);
    return recycled;
  }
}
