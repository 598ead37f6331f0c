package dev.leantea.tracing;

import static dev.leantea.tracing.CollectedSpans.number;
import static dev.leantea.tracing.CollectedSpans.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.CompletedExchange;
import dev.leantea.http.CompletedExchange.Outcome;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpTracingTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  private final CollectedSpans spans = new CollectedSpans();
  private final HttpTracing tracing = HttpTracing.of(spans.openTelemetry());

  private static final Request REQUEST =
      Request.of(Method.GET, "/teas/7?q=a")
          .withHeader("Host", "tea.example:8443")
          .withHeader("User-Agent", "test")
          .withScheme("https")
          .withRemoteAddress(new InetSocketAddress("192.0.2.1", 4711));

  private SpanData ended(Optional<Request> request, int status, Outcome outcome, String reason)
      throws InterruptedException {
    String route = request.isPresent() ? "/teas/{id}" : "";
    tracing.completed(
        new CompletedExchange(request, route, status, 5, Duration.ofMillis(7), outcome, reason));
    return spans.next();
  }

  private SpanData ended(Request request, int status, Outcome outcome, String reason)
      throws InterruptedException {
    return ended(Optional.of(tracing.started(request)), status, outcome, reason);
  }

  @Test
  void answered_attributesOfTheConventions() throws InterruptedException {
    SpanData span = ended(REQUEST, 200, Outcome.COMPLETED, "");
    assertThat(span.getName()).isEqualTo("GET /teas/{id}");
    assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(text(span, "http.request.method")).isEqualTo("GET");
    assertThat(text(span, "http.route")).isEqualTo("/teas/{id}");
    assertThat(text(span, "url.path")).isEqualTo("/teas/7");
    assertThat(text(span, "url.query")).isEqualTo("q=a");
    assertThat(text(span, "url.scheme")).isEqualTo("https");
    assertThat(text(span, "server.address")).isEqualTo("tea.example");
    assertThat(number(span, "server.port")).isEqualTo(8443);
    assertThat(text(span, "network.peer.address")).isEqualTo("192.0.2.1");
    assertThat(number(span, "network.peer.port")).isEqualTo(4711);
    assertThat(text(span, "network.protocol.version")).isEqualTo("1.1");
    assertThat(text(span, "user_agent.original")).isEqualTo("test");
    assertThat(number(span, "http.response.status_code")).isEqualTo(200);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void parent_ofTheRequest_isKept() throws InterruptedException {
    Request child = REQUEST.withHeader("traceparent", "00-" + TRACE + "-" + PARENT + "-01");
    SpanData span = ended(child, 200, Outcome.COMPLETED, "");
    assertThat(span.getTraceId()).isEqualTo(TRACE);
    assertThat(span.getParentSpanId()).isEqualTo(PARENT);
    Request malformed = REQUEST.withHeader("traceparent", "00-zz-\"-01");
    SpanData other = ended(malformed, 200, Outcome.COMPLETED, "");
    assertThat(other.getTraceId()).as("a malformed one").isNotEqualTo(TRACE);
  }

  @Test
  void parent_notSampled_noSpan() {
    Request child = REQUEST.withHeader("traceparent", "00-" + TRACE + "-" + PARENT + "-00");
    tracing.completed(
        new CompletedExchange(
            Optional.of(tracing.started(child)), "", 200, 0, Duration.ZERO, Outcome.COMPLETED, ""));
    assertThat(spans.isEmpty()).isTrue();
  }

  @Test
  void failures_areErrorsWhereTheServerIsToBlame() throws InterruptedException {
    SpanData fault = ended(REQUEST, 500, Outcome.COMPLETED, "");
    assertThat(fault.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(text(fault, "error.type")).isEqualTo("500");
    SpanData broken = ended(REQUEST, 200, Outcome.ABORTED, "disk full");
    assertThat(broken.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(broken.getStatus().getDescription()).isEqualTo("disk full");
    assertThat(text(broken, "error.type")).isEqualTo("aborted");
    SpanData left = ended(REQUEST, 200, Outcome.DISCONNECTED, "reset");
    assertThat(left.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(text(left, "error.type")).isEqualTo("disconnected");
    assertThat(ended(REQUEST, 404, Outcome.COMPLETED, "").getStatus().getStatusCode())
        .isEqualTo(StatusCode.UNSET);
  }

  @Test
  void refused_noRequest_hasASpanOfItsOwn() throws InterruptedException {
    SpanData span = ended(Optional.empty(), 400, Outcome.REFUSED, "malformed");
    assertThat(span.getName()).isEqualTo("HTTP");
    assertThat(number(span, "http.response.status_code")).isEqualTo(400);
    assertThat(span.getEndEpochNanos() - span.getStartEpochNanos())
        .isGreaterThanOrEqualTo(Duration.ofMillis(7).toNanos());
  }

  @Test
  void method_thatIsNoStandardOne_isNoName() throws InterruptedException {
    SpanData span = ended(Request.of(Method.of("PURGE"), "/"), 200, Outcome.COMPLETED, "");
    assertThat(span.getName()).isEqualTo("HTTP /teas/{id}");
    assertThat(text(span, "http.request.method")).isEqualTo("_OTHER");
    assertThat(text(span, "http.request.method_original")).isEqualTo("PURGE");
  }

  @Test
  void filter_spanIsCurrent_inHandlerAndStreamedBody() throws Exception {
    Request request = tracing.started(REQUEST);
    var inHandler = new StringBuilder();
    Handler handler =
        tracing
            .filter()
            .apply(
                _ -> {
                  inHandler.append(Span.current().getSpanContext().getSpanId());
                  return Response.stream(
                      200,
                      MediaType.TEXT,
                      out ->
                          out.write(
                              Span.current()
                                  .getSpanContext()
                                  .getSpanId()
                                  .getBytes(StandardCharsets.UTF_8)));
                });
    String inBody = handler.handle(request).bodyText();
    assertThat(Span.current().getSpanContext().isValid()).as("outside").isFalse();
    SpanData span = endedOf(request);
    assertThat(inHandler).hasToString(span.getSpanId());
    assertThat(inBody).isEqualTo(span.getSpanId());
  }

  private SpanData endedOf(Request request) throws InterruptedException {
    return ended(Optional.of(request), 200, Outcome.COMPLETED, "");
  }

  @Test
  void filter_withoutTheListener_doesNothing() throws Exception {
    Handler handler =
        tracing
            .filter()
            .apply(_ -> Response.text(200, "" + Span.current().getSpanContext().isValid()));
    assertThat(handler.handle(REQUEST).bodyText()).isEqualTo("false");
  }
}
