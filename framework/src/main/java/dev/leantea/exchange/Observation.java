package dev.leantea.exchange;

import dev.leantea.http.CompletedExchange;
import dev.leantea.http.CompletedExchange.Outcome;
import dev.leantea.http.Request;
import java.time.Duration;
import java.util.Optional;

/** What is noted of an exchange where a listener wants to know. Owner thread. */
final class Observation {
  private final long started = System.nanoTime();
  private int status;
  private long bytes;

  void status(int sent) {
    status = sent;
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
