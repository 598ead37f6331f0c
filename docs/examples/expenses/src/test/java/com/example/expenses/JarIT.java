package com.example.expenses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.expenses.Site.Way;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.testing.TestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar as it is deployed, on every backend: plain, with TLS, and behind nginx with TLS. */
@Timeout(120)
final class JarIT {
  private static PostgreSql postgresql;

  @BeforeAll
  static void start() throws IOException {
    postgresql = PostgreSql.start();
  }

  @AfterAll
  static void stop() {
    postgresql.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor", "reactor:nio", "netty", "blocking"})
  void script(String backend, @TempDir Path folder) throws Exception {
    var environment =
        Map.of(
            "DATABASE_URL", postgresql.newDatabase(),
            "CORS_ORIGINS", Script.CORS_ORIGIN,
            "METRICS_PASSWORD", Script.METRICS_PASSWORD);
    try (Site site = Site.start(folder, backend, environment)) {
      for (Way way : Way.values()) {
        new Script(() -> site.client(way), site.origin(way).toString(), way.name()).run();
      }
      isCounted(site.client(Way.TLS));
      assertEquals(143, site.stop()); // of a JVM that SIGTERM has ended in order
      String log = Files.readString(site.log());
      assertTrue(log.contains(", backend " + backend.replaceAll(":.*", "") + " on "), log);
      assertEquals(6, log.lines().filter(JarIT::isSignUp).count(), log);
      assertTrue(log.lines().noneMatch(it -> it.contains(" ERROR ")), log);
    }
  }

  /** Behind nginx too the client's address is logged, which is that of this machine here. */
  private static boolean isSignUp(String line) {
    return line.matches("127.0.0.1 - - .*\"POST /signup HTTP/1.1\" 303 .*");
  }

  private static void isCounted(TestClient client) {
    String credentials = "prometheus:" + Script.METRICS_PASSWORD;
    String basic = Base64.getEncoder().encodeToString(credentials.getBytes());
    String metrics =
        client
            .send(Request.of(Method.GET, "/metrics").withHeader("Authorization", "Basic " + basic))
            .expect(200)
            .text();
    assertTrue(metrics.contains("uri=\"/expenses/{id}/receipt\""), metrics);
    assertTrue(metrics.contains("http_server_connections"), metrics);
  }
}
