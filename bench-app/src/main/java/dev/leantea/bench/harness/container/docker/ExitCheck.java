package dev.leantea.bench.harness.container.docker;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.utility.DockerStatus;

/**
 * Waits until the container has ended, with whatever status: unlike the library's one-shot check,
 * after which what a failed container wrote is gone.
 */
final class ExitCheck extends StartupCheckStrategy {
  @Override
  public StartupStatus checkStartupState(DockerClient client, String containerId) {
    return DockerStatus.isContainerStopped(getCurrentState(client, containerId))
        ? StartupStatus.SUCCESSFUL
        : StartupStatus.NOT_YET_KNOWN;
  }
}
