package com.example.expenses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.leantea.backend.Readiness;
import dev.leantea.routing.Router;
import dev.leantea.testing.TestClient;
import dev.leantea.testing.TestServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The application in memory: all but the network and the process. */
final class ApplicationTest {
  private static PostgreSql postgresql;

  @BeforeAll
  static void start() throws IOException {
    postgresql = PostgreSql.start();
  }

  @AfterAll
  static void stop() {
    postgresql.close();
  }

  private interface Scene {
    void play(TestServer server) throws Exception;
  }

  private static void play(Scene scene) throws Exception {
    var config =
        new Config(
            Map.of(
                "DATABASE_URL", postgresql.newDatabase(),
                "CORS_ORIGINS", Script.CORS_ORIGIN,
                "METRICS_PASSWORD", Script.METRICS_PASSWORD));
    try (var pool = Main.openPool(config)) {
      var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      Router router =
          new Application(config, pool, new Readiness(Duration.ZERO), registry).router();
      try (var server = TestServer.inMemory(router)) {
        scene.play(server);
      }
    }
  }

  @Test
  void script() throws Exception {
    play(server -> new Script(server::client, "http://localhost", "memory").run());
  }

  @Test
  void logIn_tooOften_isRefusedForAWhile() throws Exception {
    play(
        server -> {
          TestClient client = server.client();
          int status = 403;
          for (int i = 0; status == 403 && i < 200; i++) {
            status = client.send(Script.form("/login", "email=a@b&password=" + i)).status();
          }
          assertEquals(429, status);
        });
  }

  /** As the README promises; without blank lines, comments, and imports. */
  @Test
  void mainCode_isBelow450Lines() throws IOException {
    long lines = 0;
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lines += Files.readAllLines(file).stream().filter(ApplicationTest::isCode).count();
      }
    }
    assertTrue(lines > 100 && lines < 450, lines + " lines");
  }

  private static boolean isCode(String line) {
    return !line.matches("\\s*(|(//|/\\*|\\*).*|(package|import) .*)");
  }
}
