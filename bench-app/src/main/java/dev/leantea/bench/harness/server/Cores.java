package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.report.Load.Placement;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which cores the server and wrk run on.
 *
 * @param count cores that this process may use
 * @param taskset whether the program of that name is there
 */
public record Cores(int count, boolean taskset) {
  /** More threads of wrk bring a server on one core no more load. */
  private static final int WRK_THREADS_MAX = 3;

  public static Cores here() {
    return new Cores(Runtime.getRuntime().availableProcessors(), Programs.onPath("taskset"));
  }

  /** Whether {@link Placement#PINNED} does pin. */
  public boolean pinning() {
    return taskset && count > 1;
  }

  int serverCores(Placement placement) {
    return placement == Placement.PINNED ? 1 : count;
  }

  public int wrkThreads(Placement placement) {
    return placement == Placement.PINNED
        ? Math.clamp(count - 1, 1, WRK_THREADS_MAX)
        : Math.max(2, count / 2);
  }

  /** The cores of wrk as taskset and Docker write them; empty: all. */
  public String wrkSet(Placement placement) {
    int last = wrkThreads(placement);
    return placement == Placement.SHARED || !pinning() ? "" : last == 1 ? "1" : "1-" + last;
  }

  /** The cores of the server; empty: all. */
  String serverSet(Placement placement) {
    return placement == Placement.SHARED || !pinning() ? "" : "0";
  }

  /** The command, restricted to a set of cores. */
  public static List<String> pinned(String set, List<String> command) {
    return set.isEmpty()
        ? command
        : Stream.concat(Stream.of("taskset", "-c", set), command.stream()).toList();
  }
}
