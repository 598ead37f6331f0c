package dev.leantea.bench.harness.container.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import dev.leantea.bench.harness.BenchException;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** What the harness asks of a Docker engine. */
final class Docker {
  private static final long PULL_SECONDS = 120;

  private Docker() {}

  /** Whether one answers; the first call may take a second. */
  static boolean answers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /** The part of a container's settings that holds cores and network. */
  static HostConfig hostConfig(CreateContainerCmd create) {
    HostConfig config = create.getHostConfig();
    if (config == null) {
      throw new IllegalStateException("expected a host configuration, got none");
    }
    return config;
  }

  /**
   * Sees to it that an image is here. The library would try to pull it for minutes before it said
   * why that cannot be.
   *
   * @throws BenchException when it is not, and cannot be pulled
   */
  static void requireImage(String image) throws BenchException {
    try {
      DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
    } catch (NotFoundException e) {
      pull(image);
    }
  }

  private static void pull(String image) throws BenchException {
    try {
      DockerClientFactory.lazyClient()
          .pullImageCmd(image)
          .exec(new PullImageResultCallback())
          .awaitCompletion(PULL_SECONDS, TimeUnit.SECONDS);
      DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    } catch (RuntimeException e) {
      throw new BenchException("Docker cannot get the image " + image + ": " + reason(e), e);
    }
  }

  /** What a container wrote, or nothing when it never came to be. */
  static String logs(GenericContainer<?> container) {
    try {
      return container.getContainerId() == null ? "" : container.getLogs();
    } catch (RuntimeException e) {
      return ""; // gone already
    }
  }

  /** The last cause says what the engine refused; those above it say that it did. */
  static String reason(Throwable error) {
    Throwable last = error;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage());
  }
}
