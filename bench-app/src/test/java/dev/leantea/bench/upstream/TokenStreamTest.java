package dev.leantea.bench.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.routing.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proxy and its upstream on two different backends, with real sockets. */
@Timeout(60)
final class TokenStreamTest {
  private static final String PROXY = "reactor:nio:1";
  private static final String UPSTREAM = "blocking";

  private static final Duration MAX_WAIT = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Upstream> upstreams = new ArrayList<>();

  @AfterEach
  void disconnect() {
    client.shutdownNow();
    upstreams.forEach(Upstream::close);
  }

  private Server proxy(String backend, URI url) {
    Router.Builder routes = Router.builder();
    Upstream upstream = Upstream.at(url);
    upstreams.add(upstream);
    new UpstreamRoutes(upstream, MAX_WAIT, MAX_WAIT, TokenServer.HEARTBEAT).add(routes);
    return Backends.named(backend).serve(ServerConfig.of(0).withHost("127.0.0.1"), routes.build());
  }

  private static HttpRequest.Builder request(Server proxy, String conversation) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + proxy.port() + UpstreamRoutes.POST_PATH))
        .version(HttpClient.Version.HTTP_1_1)
        .POST(BodyPublishers.ofString(conversation));
  }

  private HttpResponse<String> ask(Server proxy, String conversation)
      throws IOException, InterruptedException {
    return client.send(request(proxy, conversation).build(), BodyHandlers.ofString());
  }

  private HttpResponse<InputStream> open(Server proxy, String conversation)
      throws IOException, InterruptedException {
    return client.send(request(proxy, conversation).build(), BodyHandlers.ofInputStream());
  }

  private static BufferedReader reader(HttpResponse<InputStream> response) {
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** The next line with data: comments and empty lines are ignored, as clients do. */
  private static String data(BufferedReader lines) throws IOException {
    for (String line; (line = lines.readLine()) != null; ) {
      if (line.startsWith("data: ")) {
        return line;
      }
    }
    return "the end";
  }

  @ParameterizedTest
  @CsvSource({
    "reactor:io_uring:1,blocking",
    "reactor:nio:1,netty",
    "netty,blocking",
    "blocking,reactor:nio:1"
  })
  void stream_firstToken_arrivesBeforeTheSecondIsSent(String backend, String upstreamBackend)
      throws Exception {
    try (var upstream = new TokenServer(upstreamBackend);
        Server proxy = proxy(backend, upstream.uri())) {
      HttpResponse<InputStream> response = open(proxy, "two");
      assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
      try (BufferedReader lines = reader(response)) {
        assertThat(data(lines)).isEqualTo("data: first");
        upstream.second.countDown(); // only now may the upstream send the second
        assertThat(data(lines)).isEqualTo("data: second");
        assertThat(data(lines)).isEqualTo("the end");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "reactor:io_uring:1,endless", "reactor:io_uring:1,silent",
    "reactor:nio:1,endless", "reactor:nio:1,silent",
    "netty,endless", "netty,silent",
    "blocking,endless", "blocking,silent",
  })
  void client_leaves_upstreamIsCancelled(String backend, String conversation) throws Exception {
    try (var upstream = new TokenServer(backend.equals(UPSTREAM) ? "netty" : UPSTREAM);
        Server proxy = proxy(backend, upstream.uri())) {
      try (BufferedReader lines = reader(open(proxy, conversation))) {
        assertThat(data(lines)).startsWith("data: ");
      }
      upstream.left.await();
      assertThat(upstream.left.getCount()).isZero();
    }
  }

  @Test
  void upstream_breaksOff_soDoesTheAnswer() throws Exception {
    try (var upstream = new TokenServer(UPSTREAM);
        Server proxy = proxy(PROXY, upstream.uri());
        BufferedReader lines = reader(open(proxy, "broken"))) {
      assertThat(data(lines)).isEqualTo("data: first");
      assertThatThrownBy(() -> data(lines)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void upstream_refuses_statusFieldsAndBodyArePassedOn() throws Exception {
    try (var upstream = new TokenServer(UPSTREAM);
        Server proxy = proxy(PROXY, upstream.uri())) {
      HttpResponse<String> response = ask(proxy, "busy");
      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(response.headers().firstValue("Retry-After")).contains("7");
      assertThat(response.headers().firstValue("Via")).contains("1.1 leantea");
      assertThat(response.headers().allValues("Date")).hasSize(1);
      assertThat(response.body()).isEqualTo("{\"error\":\"too many tokens\"}");
    }
  }

  @Test
  void answer_withLength_keepsItsLength() throws Exception {
    try (var upstream = new TokenServer(UPSTREAM);
        Server proxy = proxy(PROXY, upstream.uri())) {
      HttpResponse<String> response = ask(proxy, "whole");
      assertThat(response.body()).isEqualTo("all of it");
      assertThat(response.headers().firstValue("Content-Length")).contains("9");
      assertThat(response.headers().firstValue("Transfer-Encoding")).isEmpty();
    }
  }

  @Test
  void request_fields_arePassedOnButThoseOfTheConnection() throws Exception {
    try (var upstream = new TokenServer(UPSTREAM);
        Server proxy = proxy(PROXY, upstream.uri())) {
      HttpRequest request =
          request(proxy, "whole")
              .header("Authorization", "Bearer key")
              .header("Content-Type", "application/json")
              .header("TE", "trailers")
              .build();
      client.send(request, BodyHandlers.discarding());
      var received = upstream.lastRequest.get().headers();
      assertThat(received.first("Authorization")).contains("Bearer key");
      assertThat(received.all("Content-Type")).containsExactly("application/json");
      assertThat(received.first("Via")).contains("1.1 leantea");
      assertThat(received.first("TE")).isEmpty();
      assertThat(received.first("Host")).contains(upstream.uri().getAuthority());
    }
  }

  @Test
  void upstream_notThere_is502AsJson() throws Exception {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (Server proxy = proxy(PROXY, URI.create("http://127.0.0.1:" + free))) {
      HttpResponse<String> response = ask(proxy, "two");
      assertThat(response.statusCode()).isEqualTo(502);
      assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(response.body()).startsWith("{\"error\":\"the upstream is not there");
    }
  }

  @ParameterizedTest
  @CsvSource({"ftp://host/", "localhost:9000", "http:///path"})
  void upstream_noHttpUrl_isRefusedAtStart(String url) {
    assertThatThrownBy(() -> Upstream.at(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("upstream: expected http://HOST")
        .hasMessageContaining(url);
  }
}
