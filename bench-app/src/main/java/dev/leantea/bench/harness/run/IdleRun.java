package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.load.IdleConnections;
import dev.leantea.bench.harness.load.LoadFigures;
import dev.leantea.bench.harness.load.LoadGenerator;
import dev.leantea.bench.harness.load.LoadRequest;
import dev.leantea.bench.harness.result.Cell;
import dev.leantea.bench.harness.result.IdleSample;
import dev.leantea.bench.harness.result.Placement;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.JavaHeap;
import dev.leantea.bench.harness.server.RunningServer;
import dev.leantea.bench.harness.server.ServerSpec;
import java.util.OptionalLong;

/**
 * What idle connections cost. For each round and server a new process:
 *
 * <ol>
 *   <li>warmed up, so that code and young generation are there;
 *   <li>memory measured, after a full collection where it is a JVM;
 *   <li>the idle connections opened, one request answered on each;
 *   <li>memory measured in the same way: the difference is theirs;
 *   <li>active connections send meanwhile; then the idle ones must still be there.
 * </ol>
 *
 * @param connections idle ones
 * @param rounds how often
 * @param seconds of the active load
 * @param lineup the servers
 * @param wrk the load
 * @param cores who runs where
 * @param journal takes the figures
 * @param cleanup takes the connections
 */
public record IdleRun(
    int connections,
    int rounds,
    int seconds,
    Lineup lineup,
    LoadGenerator wrk,
    Cores cores,
    Journal journal,
    Cleanup cleanup) {
  private static final int ACTIVE = 64;
  private static final int WARM_UP_SECONDS = 5;
  private static final double NO_HEAP = -1;
  private static final Cell LOAD = new Cell(Placement.PINNED, "/health", ACTIVE, 1);

  /** Memory at one moment. */
  private record Memory(OptionalLong heap, long rss) {
    static Memory of(RunningServer server) throws BenchException {
      OptionalLong heap = JavaHeap.liveBytes(server.tree());
      return new Memory(heap, server.tree().rssBytes());
    }
  }

  /** Takes all figures. */
  public void run() {
    journal.progress().expect(rounds * lineup.specs().size());
    for (int round = 1; round <= rounds; round++) {
      for (ServerSpec spec : lineup.specs()) {
        run(spec, round);
      }
    }
    journal.progress().end();
  }

  private void run(ServerSpec spec, int round) {
    lineup
        .start(spec, Placement.PINNED, journal)
        .ifPresent(
            server -> {
              try {
                IdleSample sample = sample(server, round);
                journal.add(sample);
                journal.progress().step(spec.name() + " round " + round);
              } catch (BenchException e) {
                journal.failure(spec.name() + ": round " + round + ": " + e.line());
              } finally {
                cleanup.release(server);
              }
            });
  }

  private IdleSample sample(RunningServer server, int round) throws BenchException {
    load(server, WARM_UP_SECONDS);
    Memory before = Memory.of(server);
    IdleConnections idle = cleanup.add(IdleConnections.open(server.port(), connections));
    try {
      Memory after = Memory.of(server);
      LoadFigures active = load(server, seconds);
      server.requireAlive();
      return new IdleSample(
          server.name(),
          round,
          connections,
          heapEach(before, after),
          (double) (after.rss() - before.rss()) / connections,
          ACTIVE,
          active.requests() / active.seconds(),
          active.p99Micros(),
          active.errors().total() + idle.lost());
    } finally {
      cleanup.release(idle);
    }
  }

  private LoadFigures load(RunningServer server, int duration) throws BenchException {
    journal.progress().now(server.name() + ": " + ACTIVE + " active connections");
    return wrk.run(
        new LoadRequest(
            LOAD,
            server.port(),
            duration,
            cores.wrkThreads(Placement.PINNED),
            cores.wrkSet(Placement.PINNED)));
  }

  private double heapEach(Memory before, Memory after) {
    if (before.heap().isEmpty() || after.heap().isEmpty()) {
      return NO_HEAP;
    }
    long grown = after.heap().getAsLong() - before.heap().getAsLong();
    return Math.max(0, (double) grown / connections);
  }
}
