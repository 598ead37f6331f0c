package dev.leantea.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.leantea.bench.harness.container.ContainerEngine;
import dev.leantea.bench.harness.container.ContainerEngines;
import dev.leantea.bench.harness.load.LoadFigures;
import dev.leantea.bench.harness.load.LoadGenerator;
import dev.leantea.bench.harness.load.LoadRequest;
import dev.leantea.bench.harness.result.Cell;
import dev.leantea.bench.harness.result.Placement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** wrk in a real container, where an engine answers: {@code .ci/with-docker.sh} sees to that. */
final class DockerWrkTest {
  @TempDir Path folder = Path.of("");

  private final String image = System.getenv().getOrDefault("LEANTEA_BENCH_WRK_IMAGE", "");
  private final HttpServer server = stub();

  private static HttpServer stub() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private ContainerEngine engine() {
    ContainerEngine engine = ContainerEngines.load(folder);
    assumeTrue(engine.answers(), "needs a Docker engine");
    return engine;
  }

  private LoadRequest request(int port, int pipeline) {
    Cell cell = new Cell(Placement.PINNED, "/health", 4, pipeline);
    return new LoadRequest(cell, port, 1, 1, "");
  }

  @Test
  void run_serverOnTheHost_givesFigures() throws Exception {
    try (LoadGenerator wrk = engine().wrk(image)) {
      LoadFigures figures = wrk.run(request(server.getAddress().getPort(), 1));
      assertThat(figures.requests()).isPositive();
      assertThat(figures.errors().total()).isZero();
      assertThat(figures.p99Micros()).isPositive();
    }
  }

  @Test
  void run_nobodyListens_showsWhatWrkSaid() throws Exception {
    int port = server.getAddress().getPort();
    server.stop(0);
    try (LoadGenerator wrk = engine().wrk(image)) {
      assertThatThrownBy(() -> wrk.run(request(port, 1)))
          .isInstanceOf(BenchException.class)
          .hasMessageContaining("unable to connect to 127.0.0.1:" + port);
    }
  }

  @Test
  void wrk_imageThatDoesNotExist_isOneLine() {
    ContainerEngine engine = engine();
    assertThatThrownBy(() -> engine.wrk("leantea-no-such-image:none"))
        .isInstanceOfSatisfying(
            BenchException.class,
            e ->
                assertThat(e.line())
                    .startsWith("Docker cannot get the image leantea-no-such-image:none: ")
                    .doesNotContain("\n"));
  }
}
