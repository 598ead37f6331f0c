package dev.leantea.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Container;
import com.sun.net.httpserver.HttpServer;
import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.report.LoadFigures;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.JavaCommand;
import dev.leantea.conformance.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** wrk in a real container, where an engine answers: {@code .ci/with-docker.sh} starts one. */
final class DockerWrkTest {
  private static final Load LOAD = new Load(Placement.PINNED, "/health", 4, 1);
  private static final Cores CORES = new Cores(1, false);

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

  @BeforeEach
  void requireEngine() {
    Requirement.require(DockerWrk.engineAnswers(), "a Docker engine");
  }

  @Test
  void run_serverOnTheHost_givesFigures() throws Exception {
    try (Wrk wrk = new DockerWrk(image, folder, CORES)) {
      LoadFigures figures = wrk.run(LOAD, server.getAddress().getPort(), 1);
      assertThat(figures.requests()).isPositive();
      assertThat(figures.errors().total()).isZero();
      assertThat(figures.p99Micros()).isPositive();
    }
  }

  @Test
  void run_nobodyListens_showsWhatWrkPrinted() throws Exception {
    int port = server.getAddress().getPort();
    server.stop(0);
    try (Wrk wrk = new DockerWrk(image, folder, CORES)) {
      assertThatThrownBy(() -> wrk.run(LOAD, port, 1))
          .isInstanceOf(BenchException.class)
          .hasMessageContaining("unable to connect to 127.0.0.1:" + port);
    }
  }

  @Test
  void wrk_imageThatDoesNotExist_isOneLine() {
    assertThatThrownBy(() -> new DockerWrk("leantea-no-such-image:none", folder, CORES))
        .isInstanceOfSatisfying(
            BenchException.class,
            e ->
                assertThat(e.line())
                    .startsWith("Docker cannot get the image leantea-no-such-image:none: ")
                    .doesNotContain("\n"));
  }

  /** What Ctrl-C does, in the middle of a call of wrk. */
  @Test
  void bench_terminatedWhileWrkRuns_leavesNoContainer() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Set<String> before = containers();
    Process bench =
        new ProcessBuilder(
                JavaCommand.self(List.of("-Djava.io.tmpdir=" + temporary), benchArguments()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("bench.log").toFile())
            .start();
    Set<String> own = awaitContainerBeside(before, bench);
    bench.toHandle().destroy();
    assertThat(bench.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(own).describedAs(Files.readString(folder.resolve("bench.log"))).isNotEmpty();
    assertThat(bench.exitValue()).isEqualTo(143);
    assertThat(containers()).doesNotContainAnyElementsOf(own);
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("leantea-bench-"));
    }
  }

  private List<String> benchArguments() {
    List<String> arguments =
        new ArrayList<>(List.of("bench", "--servers", "blocking", "--wrk", "docker"));
    arguments.addAll(List.of("--routes", "/health", "--seconds", "60", "--warm-up", "60"));
    arguments.addAll(List.of("--out", folder.toString(), "--wrk-image", image));
    return arguments;
  }

  /** The containers of wrk, running or not. */
  private Set<String> containers() {
    return DockerClientFactory.lazyClient().listContainersCmd().withShowAll(true).exec().stream()
        .filter(container -> image.isEmpty() || container.getImage().equals(image))
        .map(Container::getId)
        .collect(Collectors.toSet());
  }

  /** Polls the engine until the program has a container or has ended. */
  private Set<String> awaitContainerBeside(Set<String> before, Process bench) {
    Set<String> own = Set.of();
    while (bench.isAlive() && own.isEmpty()) {
      own = new HashSet<>(containers());
      own.removeAll(before);
    }
    return own;
  }
}
