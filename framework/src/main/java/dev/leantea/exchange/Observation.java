package dev.leantea.exchange;

import dev.leantea.http.Body;
import dev.leantea.http.CompletedExchange;
import dev.leantea.http.CompletedExchange.Outcome;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.time.Duration;
import java.util.Optional;

/** What is noted of an exchange where a listener wants to know. Owner thread. */
final class Observation {
  private final long started = System.nanoTime();
  private int status;
  private long bytes;

  boolean isAnsweredWith(int sent) {
    return status == sent;
  }

  /** Another response was sent than that which was handed over. */
  void replaced(Request request, Response response) {
    bytes = 0;
    answered(request, response);
  }

  /** A response is handed over; the bytes of a streamed one follow. */
  void answered(Request request, Response response) {
    status = response.status();
    if (response.body() instanceof Body.Bytes(byte[] content)
        && Bodies.mayFollow(request, response)) {
      bytes += content.length;
    }
  }

  void bytes(long more) {
    bytes += more;
  }

  CompletedExchange completed(Request request, String route, Outcome outcome, String reason) {
    var duration = Duration.ofNanos(System.nanoTime() - started);
    return new CompletedExchange(
        Optional.of(request), route, status, bytes, duration, outcome, reason);
  }
}
