package dev.leantea.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;

/** Two listeners as one. */
record TwoListeners(ExchangeListener first, ExchangeListener second) implements ExchangeListener {
  private static final Logger LOG = System.getLogger("dev.leantea");

  @Override
  public Request started(Request request) {
    return second.started(startedFirst(request));
  }

  private Request startedFirst(Request request) {
    try {
      return Objects.requireNonNull(
          first.started(request), "started: expected a request, got null");
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the exchange listener failed", e);
      return request;
    }
  }

  @Override
  public void completed(CompletedExchange exchange) {
    try {
      first.completed(exchange);
    } finally {
      second.completed(exchange);
    }
  }

  @Override
  public void heldLoop(Method method, String route, Duration beside) {
    try {
      first.heldLoop(method, route, beside);
    } finally {
      second.heldLoop(method, route, beside);
    }
  }
}
