package dev.leantea.http;

import java.time.Duration;

/**
 * Notified once of every exchange of a server, refused and broken ones too: access logs and metrics
 * are made of it. Register it with the server's configuration.
 *
 * <p>Called on the thread that owns the connection, an event loop as a rule: it must not block.
 * What it throws is logged and otherwise ignored.
 */
@FunctionalInterface
public interface ExchangeListener {
  /** Does nothing. */
  ExchangeListener NONE = _ -> {};

  /**
   * A request's head is complete; its handler is not found yet. Not called for what is refused
   * before that.
   *
   * @return the request, or a copy with attributes: what handlers get, and {@link
   *     CompletedExchange#request}
   */
  default Request started(Request request) {
    return request;
  }

  /** An exchange has ended, whatever became of it. */
  void completed(CompletedExchange exchange);

  /**
   * A handler was seen to hold its event loop, for 10 ms or more: handlers of its route run beside
   * the loops for a while, and are then tried on them again. For counting; the log has a line at
   * INFO from the route's second time on. Any thread.
   *
   * @param route the pattern of the route; empty without a router
   * @param beside how long handlers of the route run beside the loops
   */
  default void heldLoop(Method method, String route, Duration beside) {}

  /** Both listeners: this one first, and the other one also when this one throws. */
  default ExchangeListener and(ExchangeListener other) {
    return new TwoListeners(this, other);
  }
}
