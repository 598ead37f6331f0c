package dev.leantea.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what an application sends, and fails the test when nothing comes. */
final class Await {
  /** Long enough for a loaded machine: it is reached only when something hangs. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private Await() {}

  /** The result of a task that waits. */
  static <T> T result(String what, Callable<T> task) {
    var waiting = new FutureTask<>(task);
    Thread thread = Thread.ofVirtual().name("leantea-test-await").start(waiting);
    try {
      return waiting.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw nothing(what, e);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw nothing(what, e);
    } catch (ExecutionException e) {
      throw failure(what, e);
    }
  }

  private static AssertionError nothing(String what, Exception cause) {
    return new AssertionError("expected " + what + " within " + LIMIT + ", got none", cause);
  }

  private static RuntimeException failure(String what, ExecutionException failed) {
    Throwable cause = failed.getCause();
    return cause instanceof IOException e
        ? new UncheckedIOException("expected " + what + ", got " + e, e)
        : new IllegalStateException("expected " + what + ", got " + cause, cause);
  }
}
