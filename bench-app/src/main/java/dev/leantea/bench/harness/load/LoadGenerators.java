package dev.leantea.bench.harness.load;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.run.Workspace;
import dev.leantea.bench.harness.server.Docker;

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
      case "local" -> LocalWrk.find(workspace);
      case "docker" -> DockerWrk.find(image);
      case "auto" -> Docker.answers() ? DockerWrk.find(image) : LocalWrk.find(workspace);
      default -> throw new BenchException("--wrk: expected auto, docker or local, got " + where);
    };
  }
}
