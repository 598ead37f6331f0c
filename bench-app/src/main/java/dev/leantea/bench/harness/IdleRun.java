package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.IdleSample;
import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.report.LoadFigures;
import dev.leantea.bench.harness.server.ServerProcess;
import dev.leantea.bench.harness.server.ServerSpec;
import java.util.OptionalLong;

/**
 * What idle connections cost. For each round and server a new process:
 *
 * <ol>
 *   <li>it is warmed up, so that code and young generation are there;
 *   <li>its memory is measured, after a full collection where it is a JVM;
 *   <li>the idle connections are opened, and one request is answered on each;
 *   <li>its memory is measured in the same way: the difference is theirs;
 *   <li>active connections send meanwhile; then the idle ones must still be there.
 * </ol>
 *
 * @param connections idle ones
 * @param seconds of the active load
 */
public record IdleRun(int connections, int rounds, int seconds, Servers servers, Wrk wrk) {
  private static final int ACTIVE = 64;
  private static final int WARM_UP_SECONDS = 5;
  private static final double NO_HEAP = -1;
  private static final Load LOAD = new Load(Placement.PINNED, "/health", ACTIVE, 1);

  public void run() {
    servers.recorder().expect(rounds * servers.specs().size());
    for (int i = 1; i <= rounds; i++) {
      int round = i;
      for (ServerSpec spec : servers.specs()) {
        servers.start(spec, Placement.PINNED).ifPresent(server -> measure(server, round));
      }
    }
  }

  private void measure(ServerProcess server, int round) {
    try {
      servers.recorder().add(sample(server, round), server.name() + " round " + round);
    } catch (BenchException e) {
      servers.recorder().failure(server.name() + ": round " + round + ": " + e.line());
    } finally {
      servers.starter().cleanup().release(server);
    }
  }

  private IdleSample sample(ServerProcess server, int round) {
    Cleanup cleanup = servers.starter().cleanup();
    LoadFigures _ = load(server, WARM_UP_SECONDS);
    OptionalLong heap = server.tree().liveHeapBytes();
    double rss = server.tree().rssBytes();
    IdleConnections idle = cleanup.add(IdleConnections.open(server.port(), connections));
    try {
      OptionalLong heapAfter = server.tree().liveHeapBytes();
      double rssEach = (server.tree().rssBytes() - rss) / connections;
      LoadFigures active = load(server, seconds);
      server.requireAlive();
      double heapEach =
          heap.isEmpty() || heapAfter.isEmpty()
              ? NO_HEAP
              : Math.max(0, (double) (heapAfter.getAsLong() - heap.getAsLong()) / connections);
      return new IdleSample(
          server.name(), round, connections, heapEach, rssEach, ACTIVE, active, idle.lost());
    } finally {
      cleanup.release(idle);
    }
  }

  private LoadFigures load(ServerProcess server, int duration) {
    servers.recorder().say(server.name() + ": " + ACTIVE + " active connections");
    return wrk.run(LOAD, server.port(), duration);
  }
}
