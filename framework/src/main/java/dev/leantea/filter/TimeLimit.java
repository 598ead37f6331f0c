package dev.leantea.filter;

import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits how long a handler may take until it returns its response:
 *
 * <pre>{@code
 * Router.builder().scope(TimeLimit.of(Duration.ofSeconds(5)), slow -> slow.get("/report", …))
 * }</pre>
 *
 * <p>When the time is over the handler's thread is interrupted, and the answer is 503 as soon as
 * the handler has returned: blocking calls of the JDK, loop sockets and locks end by an interrupt,
 * code that computes does not. What the handler threw is logged with its stack, which shows where
 * it waited. A streamed body is written later, and not limited. A {@code nonBlocking} handler
 * leaves its event loop.
 */
public final class TimeLimit implements Filter {
  private final Duration limit;

  private TimeLimit(Duration limit) {
    this.limit = limit;
  }

  /**
   * The filter.
   *
   * @param limit more than 0
   */
  public static Filter of(Duration limit) {
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("time limit: expected more than 0, got " + limit);
    }
    return new TimeLimit(limit);
  }

  @Override
  public Handler wrap(Handler next) {
    return request -> {
      var running = new Running(Thread.currentThread());
      Future<?> timer =
          Timers.SHARED.schedule(running::interrupt, limit.toNanos(), TimeUnit.NANOSECONDS);
      Response response;
      boolean late;
      try {
        response = next.handle(request);
      } finally {
        var _ = timer.cancel(false);
        late = running.end();
      }
      return late ? tooLate(request, response) : response;
    };
  }

  private static Response tooLate(Request request, Response response) {
    response.close();
    return HttpException.of(503, "the request took too long").toResponse(request);
  }

  /** A handler's call. Its thread is not interrupted for it after it has ended. */
  private static final class Running {
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread thread;
    private boolean ended;
    private boolean interrupted;

    Running(Thread thread) {
      this.thread = thread;
    }

    void interrupt() {
      lock.lock();
      try {
        if (!ended) {
          interrupted = true;
          thread.interrupt();
        }
      } finally {
        lock.unlock();
      }
    }

    /** Returns whether the thread was interrupted; the flag is not left behind. */
    boolean end() {
      lock.lock();
      try {
        ended = true;
        if (interrupted) {
          var _ = Thread.interrupted();
        }
        return interrupted;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Made when the first limit begins to run. */
  private static final class Timers {
    static final ScheduledThreadPoolExecutor SHARED =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("leantea-time-limit").factory());

    static {
      SHARED.setRemoveOnCancelPolicy(true);
    }
  }
}
