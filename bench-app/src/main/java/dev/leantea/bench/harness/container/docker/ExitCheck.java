package dev.leantea.bench.harness.container.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.utility.DockerStatus;

/**
 * Waits until the container has ended, with whatever status: unlike the library's one-shot check,
 * after which what a failed container wrote is gone. The engine tells when; the library would ask
 * it once a second, and most of a short run would be waiting.
 */
final class ExitCheck extends StartupCheckStrategy {
  private final long patienceSeconds;

  ExitCheck(long patienceSeconds) {
    this.patienceSeconds = patienceSeconds;
  }

  @Override
  public boolean waitUntilStartupSuccessful(DockerClient client, String containerId) {
    try (var end = client.waitContainerCmd(containerId).exec(new WaitContainerResultCallback())) {
      return end.awaitStatusCode(patienceSeconds, TimeUnit.SECONDS) >= 0;
    } catch (DockerClientException e) {
      return false; // the time is over
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public StartupStatus checkStartupState(DockerClient client, String containerId) {
    return DockerStatus.isContainerStopped(getCurrentState(client, containerId))
        ? StartupStatus.SUCCESSFUL
        : StartupStatus.NOT_YET_KNOWN;
  }
}
