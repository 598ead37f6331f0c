package dev.leantea.bench.harness.container.docker;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.container.ContainerEngine;
import dev.leantea.bench.harness.load.LoadGenerator;
import dev.leantea.bench.harness.result.Placement;
import dev.leantea.bench.harness.server.Cores;

/** Docker, or what speaks its protocol. */
public final class DockerEngine implements ContainerEngine {
  /** Called by reflection. */
  public DockerEngine() {}

  @Override
  public boolean answers() {
    return Docker.answers();
  }

  @Override
  public LoadGenerator wrk(String image) throws BenchException {
    return DockerWrk.find(image);
  }

  @Override
  public Startable nginx(String image, int port, Placement placement, Cores cores) {
    return NginxContainer.of(image, port, placement, cores);
  }
}
