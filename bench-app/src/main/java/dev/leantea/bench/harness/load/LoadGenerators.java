package dev.leantea.bench.harness.load;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.run.Workspace;

/** Picks where wrk runs. */
public final class LoadGenerators {
  private LoadGenerators() {}

  /**
   * wrk by the word of the command line: {@code auto}, {@code docker} or {@code local}.
   *
   * @throws BenchException when it is not to be had there
   */
  public static LoadGenerator find(String where, String image, Workspace workspace)
      throws BenchException {
    return switch (where) {
      case "local", "auto" -> LocalWrk.find(workspace);
      default ->
          throw new BenchException("--wrk: expected auto, docker or local, got " + where + image);
    };
  }
}
