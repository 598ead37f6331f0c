package dev.leantea.filter;

import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.util.concurrent.Semaphore;

/**
 * Lets at most so many requests of a route be answered at the same time; further ones get 503 with
 * {@code Retry-After} at once, instead of waiting for a pool of connections, say:
 *
 * <pre>{@code
 * Router.builder().scope(ConcurrencyLimit.of(16), reports -> reports.get("/report", …))
 * }</pre>
 *
 * <p>Each route in the scope has a count of its own. A request counts until its response is sent,
 * streamed body included.
 */
public final class ConcurrencyLimit implements Filter {
  private static final String RETRY_SECONDS = "1";

  private final int max;

  private ConcurrencyLimit(int max) {
    this.max = max;
  }

  /**
   * The filter.
   *
   * @param max 1 or more
   */
  public static Filter of(int max) {
    if (max < 1) {
      throw new IllegalArgumentException("concurrency limit: expected 1 or more, got " + max);
    }
    return new ConcurrencyLimit(max);
  }

  @Override
  public Handler wrap(Handler next) {
    var slots = new Semaphore(max);
    return request -> slots.tryAcquire() ? answer(next, request, slots) : busy(request);
  }

  @Override
  public Execution execution() {
    return Execution.NON_BLOCKING;
  }

  private static Response answer(Handler next, Request request, Semaphore slots) throws Exception {
    try {
      return next.handle(request).onClose(slots::release);
    } catch (Throwable e) {
      slots.release();
      throw e;
    }
  }

  private static Response busy(Request request) {
    return HttpException.of(503, "too many requests at the same time")
        .header("Retry-After", RETRY_SECONDS)
        .toResponse(request);
  }
}
