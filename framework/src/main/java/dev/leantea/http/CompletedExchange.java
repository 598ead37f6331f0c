package dev.leantea.http;

import java.time.Duration;
import java.util.Optional;

/** What became of one request and its response. Immutable; any thread. */
public final class CompletedExchange {
  /** How an exchange ended. */
  public enum Outcome {
    /** The response was written whole. */
    COMPLETED,
    /** The framework refused the request, before or instead of a handler: see {@link #reason}. */
    REFUSED,
    /** The response broke off: its body failed, or the server was closed at the drain limit. */
    ABORTED,
    /** The client went away before the response was written. */
    DISCONNECTED
  }

  private final Optional<Request> request;
  private final String route;
  private final int status;
  private final long bytes;
  private final Duration duration;
  private final Outcome outcome;
  private final String reason;

  /** Made by the framework. */
  public CompletedExchange(
      Optional<Request> request,
      String route,
      int status,
      long bytes,
      Duration duration,
      Outcome outcome,
      String reason) {
    this.request = request;
    this.route = route;
    this.status = status;
    this.bytes = bytes;
    this.duration = duration;
    this.outcome = outcome;
    this.reason = reason;
  }

  /** The request; empty when the bytes that came were none. */
  public Optional<Request> request() {
    return request;
  }

  /** The pattern of the route that matched, such as {@code /users/{id}}; empty when none did. */
  public String route() {
    return route;
  }

  /** The status that was sent; 0 when none was. */
  public int status() {
    return status;
  }

  /** Bytes of the response's body that were handed to the connection, without chunk framing. */
  public long bytes() {
    return bytes;
  }

  /** From the end of the request's head until the response's last byte was handed over. */
  public Duration duration() {
    return duration;
  }

  /** How it ended. */
  public Outcome outcome() {
    return outcome;
  }

  /** Why it was refused, aborted or disconnected, in one line; empty when it was completed. */
  public String reason() {
    return reason;
  }
}
