package dev.leantea.bench.harness.container;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.load.LoadGenerator;
import dev.leantea.bench.harness.result.Placement;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.RunningServer;

/** What the harness runs in containers. */
public interface ContainerEngine {
  /** Whether an engine answers; the first call may take a second. */
  boolean answers();

  /**
   * wrk, a new container for each call.
   *
   * @param image with wrk as its entry point; empty: one is built
   * @throws BenchException when no engine answers or the image cannot be built
   */
  LoadGenerator wrk(String image) throws BenchException;

  /** nginx on a port of 127.0.0.1, not yet started: {@link Startable#begin} does that. */
  Startable nginx(String image, int port, Placement placement, Cores cores);

  /** A server whose container is made but not started, so that it is closed whatever happens. */
  interface Startable extends RunningServer {
    /**
     * Starts it; it may not answer yet.
     *
     * @throws BenchException when the engine refuses
     */
    void begin() throws BenchException;
  }
}
