package dev.leantea.bench.harness;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.LoadFigures;
import dev.leantea.bench.harness.server.Cores;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * wrk in a container on the host's network, a new one for each call.
 *
 * <p>Ctrl-C may come while the engine is still making a container, when there is nothing to remove
 * yet: {@link #close}, on any thread, removes the container until no call is running.
 */
final class DockerWrk extends Wrk {
  private static final String SCRIPT = "/tmp/leantea.lua";
  private static final String VOLUME = "SCRIPT:" + SCRIPT;
  private static final String BASE_IMAGE = "debian:bookworm-slim";
  private static final String BUILT_IMAGE = "leantea-wrk:bookworm";

  /** At most, for the engine to make the container and to remove it. */
  private static final int OVERHEAD_SECONDS_MAX = 60;

  private static final long PULL_SECONDS_MAX = 120;
  private static final long CLOSE_SECONDS_MAX = 20;
  private static final long RETRY_NANOS = 50_000_000;

  private final String image;
  private final ReentrantLock call = new ReentrantLock();
  private volatile @Nullable GenericContainer<?> running;
  private volatile boolean closed;

  /**
   * @param image with wrk as its entry point; empty: one is built from Debian's package
   * @throws BenchException when no engine answers, or there is no image
   */
  DockerWrk(String image, Path folder, Cores cores) {
    super(folder, cores);
    if (!engineAnswers()) {
      throw new BenchException("no Docker engine answers: start one, or use --wrk local");
    }
    this.image = image.isEmpty() ? build() : available(image);
  }

  /** Whether a Docker engine answers; the first call may take a second. */
  static boolean engineAnswers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  private static String build() {
    String install = "apt-get update && apt-get install -y --no-install-recommends wrk";
    try {
      return new ImageFromDockerfile(BUILT_IMAGE, false)
          .withDockerfileFromBuilder(it -> it.from(BASE_IMAGE).run(install).entryPoint("wrk"))
          .get();
    } catch (RuntimeException e) {
      throw new BenchException(
          "Docker cannot build the image of wrk: %s; name one with --wrk-image, or use --wrk local"
              .formatted(reason(e)),
          e);
    }
  }

  /** Pulls the image where it is missing: Testcontainers would retry for minutes. */
  private static String available(String image) {
    DockerClient client = DockerClientFactory.lazyClient();
    try {
      client.inspectImageCmd(image).exec();
      return image;
    } catch (NotFoundException e) {
      return pulled(client, image);
    }
  }

  private static String pulled(DockerClient client, String image) {
    try {
      client.pullImageCmd(image).start().awaitCompletion(PULL_SECONDS_MAX, TimeUnit.SECONDS);
      client.inspectImageCmd(image).exec();
      return image;
    } catch (InterruptedException e) {
      throw BenchException.interrupted(e);
    } catch (RuntimeException e) {
      throw new BenchException("Docker cannot get the image " + image + ": " + reason(e), e);
    }
  }

  /** The last cause says what the engine refused. */
  private static String reason(Throwable error) {
    Throwable cause = error.getCause();
    return cause == null ? String.valueOf(error.getMessage()) : reason(cause);
  }

  @Override
  List<String> command(Load load, String port, int seconds) {
    String pinned = "--cpuset-cpus=" + cores(load);
    return Stream.concat(
            Stream.of("docker", "run", "--rm", "--network", "host", pinned, "-v", VOLUME, image),
            arguments(load, port, seconds, SCRIPT).stream())
        .toList();
  }

  @Override
  LoadFigures run(Load load, int port, int seconds) {
    call.lock();
    try (GenericContainer<?> container = container(load, port, seconds)) {
      running = container;
      if (closed) {
        throw new BenchException("interrupted");
      }
      container.start();
      int status =
          container
              .getDockerClient()
              .waitContainerCmd(container.getContainerId())
              .exec(new WaitContainerResultCallback())
              .awaitStatusCode(seconds + OVERHEAD_SECONDS_MAX, TimeUnit.SECONDS);
      return figures(status, container.getLogs());
    } catch (BenchException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new BenchException("wrk: Docker refused its container: " + reason(e), e);
    } finally {
      running = null;
      call.unlock();
    }
  }

  private GenericContainer<?> container(Load load, int port, int seconds) {
    List<String> arguments = arguments(load, Integer.toString(port), seconds, SCRIPT);
    return new GenericContainer<>(DockerImageName.parse(image))
        .withNetworkMode("host")
        .withCommand(arguments.toArray(String[]::new))
        .withCopyToContainer(Transferable.of(script(load)), SCRIPT)
        .withCreateContainerCmdModifier(
            it -> Objects.requireNonNull(it.getHostConfig()).withCpusetCpus(cores(load)))
        .withStartupCheckStrategy(new NoCheck());
  }

  /** wrk may end at once: its status and its output say more than the library's check. */
  private static final class NoCheck extends StartupCheckStrategy {
    @Override
    public StartupStatus checkStartupState(DockerClient client, String containerId) {
      return StartupStatus.SUCCESSFUL;
    }
  }

  @Override
  public void close() {
    closed = true;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS_MAX);
    while (call.isLocked() && System.nanoTime() < deadline) {
      GenericContainer<?> container = running;
      if (container != null) {
        container.stop();
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }
}
