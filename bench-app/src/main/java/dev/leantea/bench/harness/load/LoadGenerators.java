package dev.leantea.bench.harness.load;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.container.ContainerEngine;
import dev.leantea.bench.harness.run.Workspace;
import java.util.function.Supplier;

/** Picks where wrk runs. */
public final class LoadGenerators {
  private LoadGenerators() {}

  /**
   * wrk by the word of the command line: {@code auto}, {@code docker} or {@code local}.
   *
   * @throws BenchException when it is not to be had there
   */
  public static LoadGenerator find(
      String where, String image, Supplier<ContainerEngine> containers, Workspace workspace)
      throws BenchException {
    return switch (where) {
      case "local" -> LocalWrk.find(workspace);
      case "docker" -> containers.get().wrk(image);
      case "auto" ->
          containers.get().answers() ? containers.get().wrk(image) : LocalWrk.find(workspace);
      default -> throw new BenchException("--wrk: expected auto, docker or local, got " + where);
    };
  }
}
