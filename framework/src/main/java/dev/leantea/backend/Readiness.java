package dev.leantea.backend;

import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.time.Duration;

/**
 * The answer to a load balancer's readiness check: 200 while the server takes requests, 503 from
 * the moment it is closed.
 *
 * <ol>
 *   <li>Route it: {@code router.get("/ready", readiness)}, and give it to the server: {@link
 *       ServerConfig#withReadiness}.
 *   <li>{@link Server#close} turns it to 503 and goes on serving for the delay, so that the load
 *       balancer has seen it and sends no more when the listeners end.
 *   <li>Then the server drains as it does without.
 * </ol>
 *
 * <p>Any thread.
 */
public final class Readiness implements Handler {
  private static final Response READY = Response.text(200, "ready");
  private static final Response DRAINING = Response.jsonError(503, "the server is closing");

  private final Duration delay;
  private volatile boolean ready = true;

  /**
   * @param delay how long the server goes on serving while the check says 503: longer than the load
   *     balancer's interval between two checks, times the failures that it wants to see
   * @throws IllegalArgumentException when it is negative or longer than a day
   */
  public Readiness(Duration delay) {
    if (delay.isNegative() || delay.toDays() > 1) {
      throw new IllegalArgumentException("readiness delay: expected zero to a day, got " + delay);
    }
    this.delay = delay;
  }

  /** 200 or 503. */
  @Override
  public Response handle(Request request) {
    return isReady() ? READY : DRAINING;
  }

  @Override
  public Execution execution() {
    return Execution.NON_BLOCKING;
  }

  /** Whether the server has not been asked to close. */
  public boolean isReady() {
    return ready;
  }

  /** How long the server goes on serving while the answer is 503. */
  public Duration delay() {
    return delay;
  }

  /** Turns the answer to 503, for good. {@link Server#close} does so before anything else. */
  public void turnAway() {
    ready = false;
  }
}
