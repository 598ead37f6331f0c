package dev.leantea.log;

import dev.leantea.http.CompletedExchange;
import dev.leantea.http.CompletedExchange.Outcome;
import dev.leantea.http.Request;
import java.time.Duration;
import java.util.Optional;

/** Exchanges that have ended. */
final class Exchanges {
  private Exchanges() {}

  static CompletedExchange answered(Request request) {
    return new CompletedExchange(
        Optional.of(request), "/teas/{id}", 200, 5, Duration.ofMillis(1500), Outcome.COMPLETED, "");
  }

  static CompletedExchange refused() {
    return new CompletedExchange(
        Optional.empty(), "", 400, 0, Duration.ZERO, Outcome.REFUSED, "malformed request line");
  }
}
