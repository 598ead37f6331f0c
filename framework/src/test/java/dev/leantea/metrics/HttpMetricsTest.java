package dev.leantea.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.CompletedExchange;
import dev.leantea.http.CompletedExchange.Outcome;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final HttpMetrics metrics = HttpMetrics.of(registry);

  private void completed(String method, String route, int status, Outcome outcome) {
    Request request = metrics.started(Request.of(Method.of(method), "/x"));
    metrics.completed(
        new CompletedExchange(
            Optional.of(request), route, status, 10, Duration.ofMillis(5), outcome, "broke"));
  }

  private void refused(int status, String reason) {
    metrics.completed(
        new CompletedExchange(
            Optional.empty(), "", status, 0, Duration.ZERO, Outcome.REFUSED, reason));
  }

  private Timer timer(String... tags) {
    return registry.get("http.server.requests").tags(tags).timer();
  }

  @Test
  void completed_isCountedByRouteMethodStatusAndOutcome() {
    completed("GET", "/teas/{id}", 200, Outcome.COMPLETED);
    completed("GET", "/teas/{id}", 200, Outcome.COMPLETED);
    completed("GET", "/teas/{id}", 200, Outcome.ABORTED);
    completed("POST", "/teas/{id}", 404, Outcome.COMPLETED);
    Timer answered =
        timer("uri", "/teas/{id}", "method", "GET", "status", "200", "outcome", "completed");
    assertThat(answered.count()).isEqualTo(2);
    assertThat(answered.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(10);
    assertThat(timer("method", "GET", "outcome", "aborted").count()).isEqualTo(1);
    assertThat(timer("method", "POST", "status", "404").count()).isEqualTo(1);
    assertThat(
            registry
                .get("http.server.response.size")
                .tags("uri", "/teas/{id}", "method", "GET")
                .counter()
                .count())
        .isEqualTo(30);
  }

  @Test
  void completed_whatClientsMakeUp_makesNoMeters() {
    for (int i = 0; i < 10; i++) {
      completed("PURGE" + i, "", 501, Outcome.COMPLETED);
    }
    assertThat(timer("method", "other", "uri", "none", "status", "501").count()).isEqualTo(10);
    assertThat(registry.find("http.server.requests").timers()).hasSize(1);
  }

  @Test
  void refused_byStatusAndReason_ofWhichThereAreNotMany() {
    refused(503, "too many connections");
    refused(503, "too many connections");
    for (int i = 0; i < 200; i++) {
      refused(400, "reason " + i);
    }
    assertThat(
            registry
                .get("http.server.refused")
                .tags("status", "503", "reason", "too many connections")
                .counter()
                .count())
        .isEqualTo(2);
    assertThat(registry.find("http.server.refused").counters()).hasSizeLessThanOrEqualTo(101);
    assertThat(registry.get("http.server.refused").tags("reason", "other").counter().count())
        .isEqualTo(101);
  }

  @Test
  void active_whileRequestsAreAnswered() {
    var active = registry.get("http.server.requests.active").gauge();
    Request first = metrics.started(Request.of(Method.GET, "/x"));
    assertThat(active.value()).isEqualTo(1);
    completed("GET", "/x", 0, Outcome.DISCONNECTED);
    assertThat(active.value()).isEqualTo(1);
    metrics.completed(
        new CompletedExchange(
            Optional.of(first), "/x", 200, 0, Duration.ZERO, Outcome.COMPLETED, ""));
    assertThat(active.value()).isZero();
    refused(400, "no request");
    assertThat(active.value()).isZero();
    assertThat(timer("status", "0", "outcome", "disconnected").count()).isEqualTo(1);
  }

  @Test
  void heldLoop_isCountedByRoute() {
    metrics.heldLoop(Method.GET, "/slow", Duration.ofSeconds(1));
    metrics.heldLoop(Method.GET, "/slow", Duration.ofSeconds(1));
    assertThat(registry.get("leantea.loop.held").tags("uri", "/slow").counter().count())
        .isEqualTo(2);
  }
}
