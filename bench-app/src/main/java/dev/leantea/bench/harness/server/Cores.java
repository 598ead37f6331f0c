package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.result.Placement;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which cores the server and wrk get.
 *
 * @param count cores that this process may use
 * @param taskset whether the command of that name is there
 */
public record Cores(int count, boolean taskset) {
  /** More threads of wrk than these bring a one-core server no more load. */
  private static final int WRK_CORES_MAX = 3;

  /** Those of this machine. */
  public static Cores here() {
    return new Cores(Runtime.getRuntime().availableProcessors(), onPath("taskset"));
  }

  /** Whether {@link Placement#PINNED} does pin. */
  public boolean pinning() {
    return taskset && count > 1;
  }

  /** Cores for the server. */
  public int serverCores(Placement placement) {
    return placement == Placement.PINNED ? 1 : count;
  }

  /** Threads for wrk. */
  public int wrkThreads(Placement placement) {
    return switch (placement) {
      case PINNED -> Math.clamp(count - 1, 1, WRK_CORES_MAX);
      case SHARED -> Math.max(2, count / 2);
    };
  }

  /** The cores of wrk as taskset and Docker write them; empty: all. */
  public String wrkSet(Placement placement) {
    if (placement == Placement.SHARED || !pinning()) {
      return "";
    }
    int last = wrkThreads(placement);
    return last == 1 ? "1" : "1-" + last;
  }

  /** The cores of the server; empty: all. */
  public String serverSet(Placement placement) {
    return placement == Placement.SHARED || !pinning() ? "" : "0";
  }

  /** The command, held to a set of cores. */
  public static List<String> pinned(String set, List<String> command) {
    if (set.isEmpty()) {
      return command;
    }
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", set));
    pinned.addAll(command);
    return pinned;
  }

  /** Whether a command is found on PATH. */
  public static boolean onPath(String command) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }
}
