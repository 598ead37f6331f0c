package dev.leantea.bench.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.server.Programs;
import dev.leantea.bench.harness.server.ServerProcess;
import dev.leantea.bench.harness.server.ServerSpec;
import dev.leantea.bench.harness.server.ServerStarter;
import dev.leantea.conformance.Requirement;
import dev.leantea.conformance.WireClient;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain proxy on every backend, in front of servers of other backends. */
@Timeout(60)
final class UpstreamTest {
  private static final Duration MAX_WAIT = Duration.ofSeconds(60);
  private static final int CLIENTS = 32;
  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Own: a\r\nX-Other: b\r\nConnection: X-Own\r\n\r\nok";

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable it : open.reversed()) {
      it.close();
    }
  }

  private <T extends AutoCloseable> T closing(T it) {
    open.add(it);
    return it;
  }

  private Server serve(String backend, Handler handler) {
    ServerConfig config = ServerConfig.of(0).withHost("127.0.0.1");
    return closing(Backends.named(backend).serve(config, handler));
  }

  private WireClient proxy(String backend, int upstreamPort, Duration timeout) throws IOException {
    return proxy(backend, upstreamPort, "/page", timeout);
  }

  private WireClient proxy(String backend, int upstreamPort, String path, Duration timeout)
      throws IOException {
    URI url = URI.create("http://127.0.0.1:" + upstreamPort + path);
    Router.Builder routes = Router.builder();
    new UpstreamRoutes(closing(Upstream.at(url)), timeout, timeout, MAX_WAIT).add(routes);
    return closing(new WireClient(serve(backend, routes.build()).port()));
  }

  private Server upstream(String proxy, Handler page) {
    String backend = proxy.startsWith("blocking") ? "reactor" : "blocking";
    return serve(backend, Router.builder().get("/page", page).build());
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(1).nextBytes(content);
    return content;
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring:1", "reactor:nio:1", "netty:1", "blocking"})
  void bodies_ofAllKinds_arriveWholeOverOneConnection(String backend) throws Exception {
    byte[] large = content(3_000_000);
    Handler page =
        request ->
            switch (request.header("X-Kind").orElse("")) {
              case "small" -> Response.text(200, "small");
              case "empty" -> Response.text(200, "");
              case "large" -> Response.bytes(200, MediaType.OCTET_STREAM, large);
              case "chunked" ->
                  Response.stream(200, MediaType.OCTET_STREAM, out -> out.write(large));
              case "none" -> Response.empty(204);
              default -> Response.jsonError(410, "gone");
            };
    Server upstream = upstream(backend, page);
    WireClient client = proxy(backend, upstream.port(), MAX_WAIT);
    for (int round = 0; round < 3; round++) {
      assertThat(ask(client, "small").text()).isEqualTo("small");
      assertThat(ask(client, "empty").text()).isEmpty();
      assertThat(ask(client, "large").body()).isEqualTo(large);
      assertThat(ask(client, "chunked").body()).isEqualTo(large);
      assertThat(ask(client, "none").status()).isEqualTo(204);
      assertThat(ask(client, "other").status()).isEqualTo(410);
    }
    assertThat(upstream.connections()).isEqualTo(1);
  }

  private static Reply ask(WireClient client, String kind) throws IOException {
    return client
        .send("GET /upstream HTTP/1.1\r\nHost: proxy\r\nX-Kind: " + kind + "\r\n\r\n")
        .read();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring:1", "reactor:nio:1", "netty:1", "blocking"})
  void fields_arePassedOnButThoseOfTheConnection(String backend) throws Exception {
    Handler page = request -> Response.text(200, seen(request)).header("X-Answer", "b");
    WireClient client = proxy(backend, upstream(backend, page).port(), MAX_WAIT);
    Reply reply =
        client
            .send(
                "GET /upstream HTTP/1.1\r\nHost: proxy\r\nX-Kind: a\r\nX-Own: c\r\nTE: trailers\r\n"
                    + "Connection: X-Own, TE\r\n\r\n")
            .read();
    assertThat(reply.text()).isEqualTo("a, no X-Own, no TE, 1.1 leantea");
    assertThat(reply.field("X-Answer")).isEqualTo("b");
    assertThat(reply.field("Via")).isEqualTo("1.1 leantea");
    assertThat(reply.all("Date")).hasSize(1);
    assertThat(reply.all("Content-Length")).hasSize(1);
  }

  private static String seen(Request request) {
    return String.join(
        ", ",
        request.header("X-Kind").orElse("no X-Kind"),
        request.header("X-Own").orElse("no X-Own"),
        request.header("TE").orElse("no TE"),
        request.header("Via").orElse("no Via"));
  }

  /** The upstream answers only when all have asked: so nobody waits for a connection. */
  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring:2", "reactor:nio:2", "netty:2", "blocking"})
  void manyAtOnce_allAskAtTheSameTimeAndGetTheirOwn(String backend) throws Exception {
    var all = new CyclicBarrier(CLIENTS);
    Handler page =
        request -> {
          all.await();
          return Response.text(200, request.header("X-Kind").orElse(""));
        };
    URI url = URI.create("http://127.0.0.1:" + upstream(backend, page).port() + "/page");
    Router.Builder routes = Router.builder();
    new UpstreamRoutes(closing(Upstream.at(url))).add(routes);
    Server proxy = serve(backend, routes.build());
    var clients = new ArrayList<WireClient>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(closing(new WireClient(proxy.port())));
    }
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.get(i).send("GET /upstream HTTP/1.1\r\nHost: proxy\r\nX-Kind: " + i + "\r\n\r\n");
      }
      for (int i = 0; i < CLIENTS; i++) {
        assertThat(clients.get(i).read().text()).isEqualTo("" + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring", "reactor:nio", "netty", "blocking"})
  void upstream_notThere_is502(String backend) throws Exception {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Reply reply = proxy(backend, free, MAX_WAIT).get("/upstream").read();
    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.text()).isEqualTo("{\"error\":\"the upstream is not there, or broke off\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring", "reactor:nio", "netty", "blocking"})
  void upstream_slow_is504AndItsConnectionIsNotUsedAgain(String backend) throws Exception {
    var release = new CountDownLatch(1);
    Handler page =
        request -> {
          if (request.header("X-Kind").isEmpty()) {
            release.await();
            return Response.text(200, "late");
          }
          return Response.text(200, "at once");
        };
    WireClient client = proxy(backend, upstream(backend, page).port(), Duration.ofMillis(500));
    Reply reply = client.get("/upstream").read();
    release.countDown();
    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.text()).isEqualTo("{\"error\":\"the upstream did not answer in time\"}");
    Reply next = ask(client, "other");
    while (next.status() == 504) { // the machine was busy
      next = ask(client, "other");
    }
    assertThat(next.text()).isEqualTo("at once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring", "reactor:nio", "netty", "blocking"})
  void upstream_breaksOffInAShortBody_is502(String backend) throws Exception {
    try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      WireClient client = proxy(backend, listener.getLocalPort(), MAX_WAIT).get("/upstream");
      try (Socket connection = listener.accept()) {
        assertThat(readHead(connection)).startsWith("GET /page HTTP/1.1\r\n");
        answer(connection, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
      }
      assertThat(client.read().status()).isEqualTo(502);
    }
  }

  /** Both connections that were kept open are closed: neither is used for the second try. */
  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring:1", "reactor:nio:1", "netty:1", "blocking"})
  void upstream_closesKeptConnections_getIsSentOnANewOne(String backend) throws Exception {
    try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      WireClient one = proxy(backend, listener.getLocalPort(), MAX_WAIT);
      var other = closing(new WireClient(one.socket().getPort()));
      try (Socket first = accept(listener, one);
          Socket second = accept(listener, other)) {
        answer(first, OK);
        answer(second, OK);
        assertThat(one.read().text() + other.read().text()).isEqualTo("okok");
      }
      try (Socket third = accept(listener, one)) {
        answer(third, OK);
        Reply reply = one.read();
        assertThat(reply.text()).isEqualTo("ok");
        assertThat(reply.field("X-Other")).isEqualTo("b");
        assertThat(reply.first("X-Own")).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring:1", "reactor:nio:1", "netty:1", "blocking"})
  void upstream_closesItsConnection_postIsNotSentAgain(String backend) throws Exception {
    try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      WireClient client = proxy(backend, listener.getLocalPort(), MAX_WAIT);
      try (Socket first = accept(listener, client)) {
        answer(first, OK);
        assertThat(client.read().text()).isEqualTo("ok");
        client.post(UpstreamRoutes.POST_PATH, content(10));
        assertThat(readHead(first)).startsWith("POST /page/v1/chat/completions HTTP/1.1\r\n");
      }
      assertThat(client.read().status()).isEqualTo(502);
      try (Socket second = accept(listener, client)) {
        answer(second, OK);
        assertThat(client.read().text()).isEqualTo("ok");
      }
    }
  }

  /** The connection on which a client's request arrives. */
  private static Socket accept(ServerSocket listener, WireClient client) throws IOException {
    client.get("/upstream");
    Socket connection = listener.accept();
    assertThat(readHead(connection)).startsWith("GET /page HTTP/1.1\r\n");
    return connection;
  }

  private static String readHead(Socket connection) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) connection.getInputStream().read());
    }
    return head.toString();
  }

  private static void answer(Socket connection, String answer) throws IOException {
    connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring", "reactor:nio", "netty", "blocking"})
  void nginx_asUpstream_answersAndClosesItsConnectionsWithItsEnd(String backend) throws Exception {
    Requirement.require(Programs.onPath("nginx"), "nginx on PATH");
    Cleanup cleanup = closing(Cleanup.install());
    var starter = new ServerStarter(cleanup, List.of(), 60);
    ServerProcess nginx = starter.start(ServerSpec.named(ServerSpec.NGINX), Placement.SHARED);
    WireClient client = proxy(backend, nginx.port(), "/health", MAX_WAIT);
    for (int i = 0; i < 3; i++) {
      Reply reply = client.get("/upstream").read();
      assertThat(reply.text()).isEqualTo("ok");
      assertThat(reply.field("Content-Type")).isEqualTo("text/plain");
      assertThat(reply.field("Server")).startsWith("nginx");
    }
    nginx.close();
    assertThat(client.get("/upstream").read().status()).isEqualTo(502);
  }
}
