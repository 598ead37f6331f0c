package dev.leantea.http;

import java.time.Duration;

/** Two listeners as one. */
record TwoListeners(ExchangeListener first, ExchangeListener second) implements ExchangeListener {
  @Override
  public Request started(Request request) {
    return second.started(first.started(request));
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
