package dev.leantea.bench.harness.container.docker;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.container.ContainerEngine;
import dev.leantea.bench.harness.result.Contender;
import dev.leantea.bench.harness.result.Placement;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.NginxConfig;
import dev.leantea.bench.harness.server.ProcessTree;
import dev.leantea.bench.harness.server.Readiness;
import dev.leantea.bench.harness.server.ServerSpec;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * nginx in a container on the host's network, for a machine that has none on PATH. Its processes
 * show in the host's {@code /proc}, where they are measured as any other.
 */
final class NginxContainer implements ContainerEngine.Startable {
  private static final String CONFIG = "/tmp/leantea-nginx.conf";

  private final GenericContainer<?> container;
  private final int port;
  private final Contender contender;
  private final Lifetime lifetime = new Lifetime();

  private NginxContainer(GenericContainer<?> container, int port, Contender contender) {
    this.container = container;
    this.port = port;
    this.contender = contender;
  }

  /** Makes the container; {@link #begin} starts it. */
  static NginxContainer of(String image, int port, Placement placement, Cores cores) {
    String config = new NginxConfig(Path.of("/tmp"), port, cores.serverCores(placement)).text();
    String set = cores.serverSet(placement);
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withNetworkMode("host")
            .withCopyToContainer(Transferable.of(config), CONFIG)
            .withCreateContainerCmdModifier(
                create -> {
                  create.withEntrypoint("nginx", "-c", CONFIG);
                  Docker.hostConfig(create).withCpusetCpus(set);
                });
    return new NginxContainer(
        container,
        port,
        new Contender(ServerSpec.Nginx.NAME, image, placement, command(image, set)));
  }

  private static List<String> command(String image, String set) {
    return List.of(
        "docker",
        "run",
        "--rm",
        "--network",
        "host",
        "--cpuset-cpus=" + set,
        "-v",
        "CONFIG:" + CONFIG,
        "--entrypoint",
        "nginx",
        image,
        "-c",
        CONFIG);
  }

  @Override
  public void begin() throws BenchException {
    lifetime.enter();
    try {
      Docker.requireImage(contender.about());
      container.start();
    } catch (RuntimeException e) {
      throw new BenchException(
          "not on PATH, and Docker refused its container: " + Docker.reason(e), e);
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Contender contender() {
    return contender;
  }

  @Override
  public ProcessTree tree() {
    Long pid = container.getCurrentContainerInfo().getState().getPidLong();
    return new ProcessTree(pid == null ? -1 : pid);
  }

  @Override
  public void requireAlive() throws BenchException {
    if (!container.isRunning()) {
      throw new BenchException("its container ended" + Readiness.said(output()));
    }
  }

  @Override
  public String output() {
    return Docker.logs(container);
  }

  @Override
  public void close() {
    lifetime.end(container::stop);
  }
}
