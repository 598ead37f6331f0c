package dev.leantea.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Backend;
import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Body;
import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.json.Json;
import dev.leantea.routing.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
final class DashboardRoutesTest {
  private static Router routes(Optional<Dashboard> dashboard) {
    Router.Builder routes = Router.builder();
    DashboardRoutes.add(routes, dashboard);
    return routes.get("/work", Handler.nonBlocking(_ -> Response.text(200, "done"))).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dashboard.css", "/dashboard.js", "/favicon.svg"})
  void page_everyPart_isThereWithItsType(String path) throws Exception {
    Response response = routes(Optional.empty()).handle(Request.of(Method.GET, path));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("Content-Type").orElse(""))
        .containsAnyOf("text/css", "javascript", "image/svg+xml");
  }

  @Test
  void page_links_areInIt() throws Exception {
    Response response = DashboardRoutes.page(List.of("<a href=\"/tea\">Tea</a>"));
    assertThat(response.headers().first("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(response.body())
        .isInstanceOfSatisfying(
            Body.Bytes.class,
            body ->
                assertThat(new String(body.content(), StandardCharsets.UTF_8))
                    .contains("<li><a href=\"/tea\">Tea</a></li>")
                    .doesNotContain("<!-- links -->"));
  }

  @Test
  void filter_nonBlockingRoute_staysOnItsLoop() {
    Handler route = routes(Optional.of(new Dashboard())).resolve(Request.of(Method.GET, "/work"));
    assertThat(route.execution()).isEqualTo(Execution.NON_BLOCKING);
  }

  /** The data of the next event of this name. */
  private static String next(BufferedReader lines, String name) throws IOException {
    boolean named = false;
    String data = "";
    for (String line; (line = lines.readLine()) != null; ) {
      if (line.startsWith("event: ")) {
        named = line.equals("event: " + name);
      } else if (line.startsWith("data: ")) {
        data = line.substring("data: ".length());
      }
      if (line.isEmpty() && named) {
        return data;
      }
    }
    throw new IOException("expected an event " + name + ", the stream ended");
  }

  private static BufferedReader events(HttpClient client, Server server)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri(server, "/dashboard/events")).build();
    return new BufferedReader(
        new InputStreamReader(
            client.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
  }

  private static URI uri(Server server, String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:nio:1", "netty", "blocking"})
  void events_requestsMade_areInTheSamples(String name) throws Exception {
    Backend backend = Backends.named(name);
    try (var dashboard = new Dashboard();
        Server server =
            backend.serve(
                ServerConfig.of(0).withHost("127.0.0.1"), routes(Optional.of(dashboard)));
        HttpClient client = HttpClient.newHttpClient()) {
      dashboard.start(backend, server);
      try (BufferedReader lines = events(client, server)) {
        assertThat(next(lines, "state")).contains("\"backend\":\"" + backend.name() + "\"");
        JsonNode sample = Json.mapper().createObjectNode();
        do { // the first samples may have been taken before the request
          client.send(
              HttpRequest.newBuilder(uri(server, "/work")).build(), BodyHandlers.discarding());
          sample = Json.mapper().readTree(next(lines, "sample"));
        } while (sample.path("requestsPerSecond").asDouble() == 0);
        assertThat(sample.path("p50Micros").asDouble()).isPositive();
        assertThat(sample.path("p99Micros").asDouble())
            .isGreaterThanOrEqualTo(sample.path("p50Micros").asDouble());
        assertThat(sample.path("connections").asInt()).isBetween(1, 3);
      }
    }
  }

  @Test
  void events_dashboardOff_saysSoAndEnds() throws Exception {
    try (Server server =
            Backends.named("blocking")
                .serve(ServerConfig.of(0).withHost("127.0.0.1"), routes(Optional.empty()));
        HttpClient client = HttpClient.newHttpClient();
        BufferedReader lines = events(client, server)) {
      assertThat(next(lines, "off")).isEqualTo("off");
      while (lines.readLine() != null) {
        // to the end: it comes by itself
      }
    }
  }
}
