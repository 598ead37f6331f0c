package dev.leantea.exchange;

import dev.leantea.http.CompletedExchange;
import dev.leantea.http.CompletedExchange.Outcome;
import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What all connections of a server share: the handler, the limits, the listener. Any thread. */
public final class Application {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private final Handler handler;
  private final Limits limits;
  private final ExchangeListener listener;
  private final boolean observed;
  private final BodyBudget budget;
  private final Placements placements = new Placements();
  private final Set<Runnable> drainActions = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  public Application(Handler handler, Limits limits, ExchangeListener listener) {
    this.handler = Objects.requireNonNull(handler, "handler: expected a value, got null");
    this.limits = limits;
    this.listener = listener;
    this.observed = !listener.equals(ExchangeListener.NONE);
    this.budget = new BodyBudget(limits.bodiesInMemory());
    OwnerTask.load();
  }

  /** What answers the requests. */
  public Handler handler() {
    return handler;
  }

  /** What is taken from a client. */
  public Limits limits() {
    return limits;
  }

  /** The server begins to drain: streams that asked for it are notified. Any thread; once. */
  public void drain() {
    draining = true;
    drainActions.forEach(this::runOnce);
  }

  /**
   * Has an action run once, when the server begins to drain: at once if it has begun. Any thread.
   */
  public void onDrain(Runnable action) {
    drainActions.add(action);
    if (draining) {
      runOnce(action);
    }
  }

  /** Forgets an action: its stream or connection has ended. Any thread. */
  public void forgetDrain(Runnable action) {
    drainActions.remove(action);
  }

  private void runOnce(Runnable action) {
    if (drainActions.remove(action)) {
      action.run();
    }
  }

  Placements placements() {
    return placements;
  }

  BodyBudget budget() {
    return budget;
  }

  /** Whether somebody wants to know about exchanges: else no clock is read for them. */
  boolean isObserved() {
    return observed;
  }

  /** A request begins: what its handler gets of it. */
  Request started(Request request) {
    try {
      return isObserved()
          ? Objects.requireNonNull(
              listener.started(request), "started: expected a request, got null")
          : request;
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the exchange listener failed", e);
      return request;
    }
  }

  /** Bytes that were no request, or a connection beyond the limit, were refused. */
  public void refused(int status, String reason) {
    if (isObserved()) {
      notify(
          new CompletedExchange(
              Optional.empty(), "", status, 0, Duration.ZERO, Outcome.REFUSED, reason));
    }
  }

  /** A handler of the route holds its loop. Any thread. */
  void heldLoop(Method method, String route) {
    placements.held(method, route, System.nanoTime()).ifPresent(it -> notify(method, route, it));
  }

  private void notify(Method method, String route, Duration beside) {
    try {
      listener.heldLoop(method, route, beside);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the exchange listener failed", e);
    }
  }

  void notify(CompletedExchange exchange) {
    try {
      listener.completed(exchange);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the exchange listener failed", e);
    }
  }
}
