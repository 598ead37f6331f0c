package dev.leantea.bench.harness.server;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** What the harness asks of a Docker engine. */
public final class Docker {
  private Docker() {}

  /** Whether one answers; the first call may take a second. */
  public static boolean answers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /** The part of a container's settings that holds cores and network. */
  public static HostConfig hostConfig(CreateContainerCmd create) {
    HostConfig config = create.getHostConfig();
    if (config == null) {
      throw new IllegalStateException("expected a host configuration, got none");
    }
    return config;
  }

  /** What a container wrote, or nothing when it never came to be. */
  public static String logs(GenericContainer<?> container) {
    try {
      return container.getContainerId() == null ? "" : container.getLogs();
    } catch (RuntimeException e) {
      return ""; // gone already
    }
  }

  /** The last cause says what the engine refused; those above it say that it did. */
  public static String reason(Throwable error) {
    Throwable last = error;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage());
  }
}
