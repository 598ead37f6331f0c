package dev.leantea.bench.harness.container.docker;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.load.LoadFigures;
import dev.leantea.bench.harness.load.LoadGenerator;
import dev.leantea.bench.harness.load.LoadRequest;
import dev.leantea.bench.harness.load.WrkScript;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** wrk in a container on the host's network, a new one for each call. */
final class DockerWrk implements LoadGenerator {
  private static final String SCRIPT = "/tmp/leantea.lua";
  private static final String BASE_IMAGE = "debian:bookworm-slim";
  private static final String BUILT_IMAGE = "leantea-wrk:bookworm";

  /** For the engine to make the container and to take it down, as a rule. */
  private static final double CALL_SECONDS = 0.4;

  /** The most that it may take: for the engine to make the container and to take it down. */
  private static final int OVERHEAD_SECONDS = 60;

  private final String image;
  private final Lifetime lifetime = new Lifetime();
  private volatile @Nullable GenericContainer<?> running;

  private DockerWrk(String image) {
    this.image = image;
  }

  /**
   * With the given image, or with one that is built from Debian's package of wrk.
   *
   * @throws BenchException when no engine answers or the image cannot be built
   */
  static DockerWrk find(String image) throws BenchException {
    if (!Docker.answers()) {
      throw new BenchException("no Docker engine answers: start one, or use --wrk local");
    }
    if (image.isEmpty()) {
      return new DockerWrk(built());
    }
    Docker.requireImage(image);
    return new DockerWrk(image);
  }

  private static String built() throws BenchException {
    try {
      return new ImageFromDockerfile(BUILT_IMAGE, false)
          .withDockerfileFromBuilder(
              builder ->
                  builder
                      .from(BASE_IMAGE)
                      .run("apt-get update && apt-get install -y --no-install-recommends wrk")
                      .entryPoint("wrk"))
          .get();
    } catch (RuntimeException e) {
      throw new BenchException(
          "Docker cannot build the image of wrk: "
              + Docker.reason(e)
              + "; name one with --wrk-image, or use --wrk local",
          e);
    }
  }

  @Override
  public String about() {
    return "wrk in a container of " + image;
  }

  @Override
  public double callSeconds() {
    return CALL_SECONDS;
  }

  @Override
  public List<String> command(LoadRequest request) {
    List<String> command = new ArrayList<>(List.of("docker", "run", "--rm", "--network", "host"));
    if (!request.cores().isEmpty()) {
      command.add("--cpuset-cpus=" + request.cores());
    }
    command.addAll(List.of("-v", "SCRIPT:" + SCRIPT, image));
    command.addAll(request.arguments(SCRIPT));
    return command;
  }

  @Override
  public LoadFigures run(LoadRequest request) throws BenchException {
    lifetime.enter();
    try (GenericContainer<?> container = container(request)) {
      running = container;
      return WrkScript.parse(output(container));
    } finally {
      running = null;
      lifetime.leave();
    }
  }

  private GenericContainer<?> container(LoadRequest request) {
    String script = WrkScript.text(request.cell().pipeline());
    return new GenericContainer<>(DockerImageName.parse(image))
        .withNetworkMode("host")
        .withCommand(request.arguments(SCRIPT).toArray(String[]::new))
        .withCopyToContainer(Transferable.of(script), SCRIPT)
        .withCreateContainerCmdModifier(
            create -> Docker.hostConfig(create).withCpusetCpus(request.cores()))
        .withStartupCheckStrategy(new ExitCheck(request.seconds() + OVERHEAD_SECONDS));
  }

  /** Returns what wrk wrote when it has ended with status 0. */
  private static String output(GenericContainer<?> container) throws BenchException {
    try {
      container.start();
      String output = container.getLogs();
      Long status = container.getCurrentContainerInfo().getState().getExitCodeLong();
      if (status == null || status != 0) {
        throw new BenchException("wrk: status " + status + "; it said: " + WrkScript.last(output));
      }
      return output;
    } catch (RuntimeException e) {
      throw new BenchException("wrk: Docker refused its container: " + Docker.reason(e), e);
    }
  }

  @Override
  public void close() {
    lifetime.end(this::remove);
  }

  private void remove() {
    GenericContainer<?> container = running;
    if (container != null) {
      container.stop();
    }
  }
}
