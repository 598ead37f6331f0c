package dev.leantea.bench.libraries;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Listener;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.WireClient;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.metrics.HttpMetrics;
import dev.leantea.routing.Router;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The meters of a server, over sockets. */
@OnEveryBackend
@Timeout(120)
final class MetricsTest {
  private static final Filter NONE = Filter.nonBlocking(next -> next);

  private final String backend;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final HttpMetrics metrics = HttpMetrics.of(registry);

  MetricsTest(String backend) {
    this.backend = backend;
  }

  private ObservedServer serve(Router.Builder routes) {
    return ObservedServer.start(backend, metrics, NONE, routes);
  }

  private long requests(String method, String uri, int status, String outcome) {
    Tags tags = Tags.of("method", method, "uri", uri, "outcome", outcome);
    return registry
        .get("http.server.requests")
        .tags(tags.and("status", Integer.toString(status)))
        .timer()
        .count();
  }

  private double bytes(String method, String uri) {
    return registry
        .get("http.server.response.size")
        .tags("method", method, "uri", uri)
        .counter()
        .count();
  }

  private double refused(int status, String reason) {
    return registry
        .get("http.server.refused")
        .tags("status", Integer.toString(status), "reason", reason)
        .counter()
        .count();
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  @Test
  void answered_byRouteMethodStatusAndOutcome_withTheBytes() throws Exception {
    try (ObservedServer server = serve(ObservedServer.routes());
        WireClient client = server.connect()) {
      for (String path : List.of("/teas/7", "/teas/11", "/blocking/123", "/stream", "/fault")) {
        client.get(path).read();
      }
      int notFound = client.get("/none").read().body().length;
      client.send("HEAD /teas/7 HTTP/1.1\r\nHost: a\r\n\r\n").read(true);
      client.send("PURGE /teas/7 HTTP/1.1\r\nHost: a\r\n\r\n").read();
      server.awaitEnd(8);
      assertThat(requests("GET", "/teas/{id}", 200, "completed")).isEqualTo(2);
      assertThat(bytes("GET", "/teas/{id}")).isEqualTo(3);
      assertThat(bytes("GET", "/blocking/{id}")).isEqualTo(3);
      assertThat(requests("GET", "/stream", 200, "completed")).isEqualTo(1);
      assertThat(bytes("GET", "/stream")).isEqualTo(ObservedServer.STREAMED);
      assertThat(requests("GET", "/fault", 500, "completed")).isEqualTo(1);
      assertThat(requests("GET", "none", 404, "completed")).isEqualTo(1);
      assertThat(bytes("GET", "none")).isEqualTo(notFound);
      assertThat(requests("HEAD", "/teas/{id}", 200, "completed")).isEqualTo(1);
      assertThat(bytes("HEAD", "/teas/{id}")).isZero();
      assertThat(requests("other", "none", 501, "completed")).isEqualTo(1);
    }
  }

  @Test
  void refused_byReason_withTheRouteWhereThereIsOne() throws Exception {
    try (ObservedServer server = serve(ObservedServer.routes())) {
      refuse(server, "GET / HTTP/1.1\r\nHost : a\r\n\r\n");
      refuse(server, "GET / HTTP/1.1\r\n\r\n");
      String chunked = "POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
      refuse(server, chunked + "5\r\nhello!\r\n");
      server.awaitEnd(3);
      assertThat(refused(400, "expected exactly one valid Host")).isEqualTo(1);
      assertThat(refused(400, "malformed chunk")).isEqualTo(1);
      assertThat(registry.find("http.server.refused").counters()).hasSize(3);
      assertThat(requests("POST", "/upload", 400, "refused")).isEqualTo(1);
      assertThat(gauge("http.server.requests.active")).isZero();
    }
  }

  private static void refuse(ObservedServer server, String bytes) throws Exception {
    try (WireClient client = server.connect()) {
      assertThat(client.send(bytes).read().status()).isEqualTo(400);
      client.expectEnd();
    }
  }

  @Test
  void refused_connectionBeyondTheLimit() throws Exception {
    Limits limits = Limits.builder().connections(1).build();
    Handler routes = ObservedServer.routes().build();
    try (ObservedServer server = ObservedServer.start(backend, metrics, limits, routes);
        WireClient first = server.connect()) {
      assertThat(first.get("/teas/7").read().status()).isEqualTo(200);
      try (WireClient second = server.connect()) {
        assertThat(second.read().status()).isEqualTo(503);
      }
      server.awaitEnd(2);
      assertThat(refused(503, "too many connections")).isEqualTo(1);
    }
  }

  @Test
  void brokenStreams_areAborted_clientsThatLeaveDisconnected() throws Exception {
    try (ObservedServer server = serve(ObservedServer.routes());
        WireClient broken = server.connect();
        WireClient leaving = server.connect()) {
      broken.get("/broken");
      var _ = broken.socket().getInputStream().readAllBytes();
      leaving.get("/endless").readHead(200);
      leaving.reset();
      server.awaitEnd(2);
      assertThat(requests("GET", "/broken", 200, "aborted")).isEqualTo(1);
      assertThat(bytes("GET", "/broken")).isEqualTo(ObservedServer.BEFORE_BREAK);
      assertThat(requests("GET", "/endless", 200, "disconnected")).isEqualTo(1);
      assertThat(gauge("http.server.requests.active")).isZero();
    }
  }

  @Test
  void gauges_ofRequestsAndConnections() throws Exception {
    var waiting = new Gate(1);
    try (ObservedServer server = serve(Router.builder().get("/wait", waiting));
        WireClient client = server.connect()) {
      metrics.bind(server.server());
      assertThat(gauge("http.server.requests.active")).isZero();
      client.get("/wait");
      waiting.entered.await();
      assertThat(gauge("http.server.requests.active")).isEqualTo(1);
      assertThat(gauge("http.server.connections")).isEqualTo(1);
      waiting.released.countDown();
      assertThat(client.read().status()).isEqualTo(204);
      server.awaitEnd(1);
      assertThat(gauge("http.server.requests.active")).isZero();
    }
  }

  @Test
  void gauges_ofAServerWithoutAPort(@TempDir Path folder) {
    ServerConfig config = ServerConfig.of(Listener.unix(folder.resolve("http.sock")));
    try (Server server = Backends.named(backend).serve(config, _ -> Response.empty(204))) {
      metrics.bind(server);
      assertThat(registry.get("http.server.connections").tag("port", "none").gauge().value())
          .isZero();
    }
  }

  /** Answers that are ready wait for a loop that a handler holds. */
  @Test
  void gauge_ofTasksThatWaitForALoop() throws Exception {
    int answers = 20;
    var computing = new Gate(answers);
    var holding = new Gate(1);
    Router.Builder routes =
        Router.builder()
            .get("/compute", Handler.computing(computing))
            .get("/hold", nonBlocking(holding));
    boolean loops = !backend.equals("blocking");
    List<WireClient> clients = new ArrayList<>();
    try (ObservedServer server = onOneLoop(routes)) {
      metrics.bind(server.server());
      for (int i = 0; i < answers; i++) {
        clients.add(server.connect().get("/compute"));
      }
      computing.entered.await();
      clients.add(server.connect().get("/hold"));
      holding.entered.await();
      computing.released.countDown();
      Collection<Gauge> gauges = registry.find("leantea.loop.waiting").gauges();
      assertThat(gauges).hasSize(loops ? 1 : 0).allSatisfy(it -> awaitAtLeast(answers, it));
      holding.released.countDown();
      readAll(clients);
    }
  }

  private ObservedServer onOneLoop(Router.Builder routes) {
    String one = backend.equals("blocking") ? backend : backend + ":1";
    return ObservedServer.start(one, metrics, NONE, routes);
  }

  /** Handlers that answer when they may. */
  private static final class Gate implements Handler {
    private final CountDownLatch entered;
    private final CountDownLatch released = new CountDownLatch(1);

    Gate(int requests) {
      entered = new CountDownLatch(requests);
    }

    @Override
    public Response handle(Request request) throws InterruptedException {
      entered.countDown();
      released.await();
      return Response.empty(204);
    }
  }

  private static void readAll(List<WireClient> clients) throws IOException {
    for (WireClient client : clients) {
      assertThat(client.read().status()).isEqualTo(204);
      client.close();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // until the test's timeout
  private static void awaitAtLeast(int expected, Gauge gauge) {
    while (gauge.value() < expected) {
      Thread.yield();
    }
  }
}
