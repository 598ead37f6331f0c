package dev.leantea.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.WireClient;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.session.RedisSessionStore;
import dev.leantea.session.SessionStore;
import dev.leantea.session.Sessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/** Sessions in a real Redis. */
@Timeout(120)
final class RedisSessionsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static LocalServer redis;
  private static RedisClient client;

  private record Login(String user) {}

  @BeforeAll
  static void start() throws Exception {
    redis = LocalServer.redis();
    client = RedisClient.create("127.0.0.1", redis.port());
  }

  @AfterAll
  static void stop() throws Exception {
    if (redis != null) {
      client.close();
      redis.close();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void store_keepsReplacesAndRemoves() {
    SessionStore store = new RedisSessionStore(client, "test:");
    assertThat(store.find("a", HOUR)).isEmpty();
    assertThat(store.replace("a", bytes("1"), HOUR)).isFalse();
    assertThat(client.exists("test:a")).isFalse();
    store.create("a", bytes("1"), HOUR);
    assertThat(store.find("a", HOUR))
        .hasValueSatisfying(it -> assertThat(it).isEqualTo(bytes("1")));
    assertThat(store.replace("a", bytes("2"), HOUR)).isTrue();
    assertThat(store.find("a", HOUR))
        .hasValueSatisfying(it -> assertThat(it).isEqualTo(bytes("2")));
    store.remove("a");
    store.remove("a");
    assertThat(client.exists("test:a")).isFalse();
  }

  @Test
  void find_keepsASessionForTheIdleTimeFromNowOn() {
    SessionStore store = new RedisSessionStore(client);
    store.create("idle", bytes("1"), HOUR);
    assertThat(client.pttl("session:idle")).isBetween(HOUR.toMillis() - 60_000, HOUR.toMillis());
    assertThat(store.find("idle", HOUR.multipliedBy(2))).isPresent();
    assertThat(client.pttl("session:idle")).isGreaterThan(HOUR.toMillis());
    store.replace("idle", bytes("2"), Duration.ofMillis(1));
    while (client.exists("session:idle")) {
      Thread.onSpinWait();
    }
    assertThat(store.find("idle", HOUR)).isEmpty();
  }

  private static Handler application() {
    Sessions<Login> sessions = Sessions.inStore(Login.class, new RedisSessionStore(client));
    return Router.builder()
        .filter(sessions.filter())
        .get(
            "/",
            request -> Response.text(200, sessions.find(request).map(Login::user).orElse("none")))
        .post("/login", request -> sessions.begin(request, Response.empty(204), new Login("ada")))
        .post("/logout", request -> sessions.end(request, Response.empty(204)))
        .build();
  }

  private static Reply ask(Server server, String line, String cookie) throws IOException {
    try (var wire = new WireClient(server.port())) {
      return wire.send(line + " HTTP/1.1\r\nHost: a\r\nCookie: " + cookie + "\r\n\r\n").read();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring", "reactor:nio", "netty", "blocking"})
  void session_isSharedByServers_andEndsOnAll(String backend) throws Exception {
    try (Server first = serve(backend);
        Server second = serve(backend)) {
      String cookie = ask(first, "POST /login", "a=1").field("Set-Cookie").split(";", 2)[0];
      assertThat(ask(second, "GET /", cookie).text()).isEqualTo("ada");
      assertThat(client.exists("session:" + cookie.split("=", 2)[1])).isFalse(); // a hash of it is
      assertThat(ask(second, "POST /logout", cookie).status()).isEqualTo(204);
      assertThat(ask(first, "GET /", cookie).text()).isEqualTo("none");
    }
  }

  private static Server serve(String backend) {
    return Backends.named(backend).serve(ServerConfig.of(0).withHost("127.0.0.1"), application());
  }
}
