package dev.leantea.bench.harness.container.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** What the harness asks of a Docker engine. */
final class Docker {
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
