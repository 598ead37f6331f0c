package dev.leantea.bench.libraries;

import static dev.leantea.http.Handler.nonBlocking;
import static dev.leantea.tracing.CollectedSpans.number;
import static dev.leantea.tracing.CollectedSpans.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.tracing.CollectedSpans;
import dev.leantea.tracing.HttpTracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Server spans, over sockets. */
@OnEveryBackend
@Timeout(120)
final class TracingTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String TRACEPARENT = "traceparent: 00-" + TRACE + "-" + PARENT + "-01\r\n";

  private final String backend;
  private final CollectedSpans spans = new CollectedSpans();
  private final HttpTracing tracing = HttpTracing.of(spans.openTelemetry());
  private final Tracer tracer = spans.openTelemetry().getTracer("test");

  TracingTest(String backend) {
    this.backend = backend;
  }

  private ObservedServer serve(Router.Builder routes) {
    return ObservedServer.start(backend, tracing, tracing.filter(), routes);
  }

  private static String head(String method, String path) {
    return method + " " + path + " HTTP/1.1\r\nHost: tea.example\r\n" + TRACEPARENT;
  }

  private static void assertChildOfTheCaller(SpanData span) {
    assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(span.getTraceId()).isEqualTo(TRACE);
    assertThat(span.getParentSpanId()).isEqualTo(PARENT);
  }

  @Test
  void answered_routeAndStatus_childOfTheCallersSpan() throws Exception {
    try (ObservedServer server = serve(ObservedServer.routes());
        WireClient client = server.connect()) {
      for (String kind : List.of("teas", "blocking")) {
        client.send(head("GET", "/" + kind + "/7?q=a") + "\r\n").read();
        SpanData span = spans.next();
        assertChildOfTheCaller(span);
        assertThat(span.getName()).isEqualTo("GET /" + kind + "/{id}");
        assertThat(text(span, "http.route")).isEqualTo("/" + kind + "/{id}");
        assertThat(text(span, "url.path")).isEqualTo("/" + kind + "/7");
        assertThat(text(span, "url.query")).isEqualTo("q=a");
        assertThat(text(span, "server.address")).isEqualTo("tea.example");
        assertThat(text(span, "client.address")).isEqualTo("127.0.0.1");
        assertThat(number(span, "http.response.status_code")).isEqualTo(200);
        assertThat(number(span, "http.response.body.size")).isEqualTo(1);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
      }
      client.send(head("GET", "/fault") + "\r\n").read();
      assertThat(spans.next().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }
  }

  @Test
  void refused_hasASpanToo() throws Exception {
    try (ObservedServer server = serve(ObservedServer.routes());
        WireClient client = server.connect();
        WireClient other = server.connect()) {
      String chunked = head("POST", "/upload") + "Transfer-Encoding: chunked\r\n\r\n";
      assertThat(client.send(chunked + "5\r\nhello!\r\n").read().status()).isEqualTo(400);
      SpanData span = spans.next();
      assertChildOfTheCaller(span);
      assertThat(span.getName()).isEqualTo("POST /upload");
      assertThat(number(span, "http.response.status_code")).isEqualTo(400);
      assertThat(other.send("no request\r\n\r\n").read().status()).isEqualTo(400);
      SpanData none = spans.next();
      assertThat(none.getName()).isEqualTo("HTTP");
      assertThat(number(none, "http.response.status_code")).isEqualTo(400);
    }
  }

  @Test
  void brokenStreams_areErrors_clientsThatLeaveAreNot() throws Exception {
    try (ObservedServer server = serve(ObservedServer.routes());
        WireClient broken = server.connect();
        WireClient leaving = server.connect()) {
      broken.get("/broken");
      var _ = broken.socket().getInputStream().readAllBytes();
      SpanData aborted = spans.next();
      assertThat(aborted.getName()).isEqualTo("GET /broken");
      assertThat(aborted.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(text(aborted, "error.type")).isEqualTo("aborted");
      leaving.get("/endless").readHead(200);
      leaving.reset();
      SpanData left = spans.next();
      assertThat(text(left, "error.type")).isEqualTo("disconnected");
      assertThat(left.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }
  }

  @Test
  void current_inHandlersAndStreamedBodies_andNotBetweenThem() throws Exception {
    Router.Builder routes =
        Router.builder()
            .get("/inline", nonBlocking(_ -> Response.text(200, current())))
            .get("/blocking", _ -> Response.text(200, current()))
            .get(
                "/stream",
                _ ->
                    Response.stream(
                        200,
                        MediaType.TEXT,
                        out -> out.write(current().getBytes(StandardCharsets.US_ASCII))));
    try (ObservedServer server = serve(routes);
        WireClient client = server.connect()) {
      for (String path : List.of("/inline", "/blocking", "/stream", "/inline", "/blocking")) {
        String seen = client.get(path).read().text();
        assertThat(seen).as(path).isEqualTo(spans.next().getSpanId());
      }
    }
  }

  private static String current() {
    return Span.current().getSpanContext().getSpanId();
  }

  /** Both handlers are on one event loop, and each waits for the other one. */
  @Test
  void current_handlersThatWait_keepTheirOwn() throws Exception {
    Router.Builder routes = Router.builder().get("/{id}", withChild(new CyclicBarrier(2)));
    String one = backend.equals("blocking") ? backend : backend + ":1";
    List<SpanData> ended = new ArrayList<>();
    try (ObservedServer server = ObservedServer.start(one, tracing, tracing.filter(), routes);
        WireClient first = server.connect();
        WireClient second = server.connect()) {
      first.get("/1");
      second.get("/2").read();
      first.read();
      for (int i = 0; i < 4; i++) {
        ended.add(spans.next());
      }
    }
    for (String id : List.of("1", "2")) {
      SpanData child = find(ended, it -> it.getName().equals("child of " + id));
      SpanData parent = find(ended, it -> text(it, "url.path").equals("/" + id));
      assertThat(child.getParentSpanId()).isEqualTo(parent.getSpanId());
    }
  }

  private Handler withChild(CyclicBarrier both) {
    return request -> {
      both.await();
      tracer.spanBuilder("child of " + request.path("id")).startSpan().end();
      return Response.empty(204);
    };
  }

  private static SpanData find(List<SpanData> spans, Predicate<SpanData> wanted) {
    return spans.stream().filter(wanted).findAny().orElseThrow();
  }
}
