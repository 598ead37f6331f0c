package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.result.LoadFigures;
import java.nio.file.Path;
import java.util.List;

/** wrk, wherever it runs. One thread, but any thread closes it. */
public interface LoadGenerator extends Cleanup.Resource {
  /**
   * wrk by the value of {@code --wrk}: {@code auto}, {@code docker} or {@code local}.
   *
   * @param image with wrk as its entry point, for Docker; empty: one is built
   * @param folder for scripts
   * @throws BenchException when it is not available there
   */
  static LoadGenerator find(String where, String image, Path folder) {
    try {
      return switch (where) {
        case "local" -> new LocalWrk(folder);
        case "docker" -> new DockerWrk(image);
        case "auto" -> DockerWrk.engineAnswers() ? new DockerWrk(image) : new LocalWrk(folder);
        default -> throw new BenchException("--wrk: expected auto, docker or local, got " + where);
      };
    } catch (NoClassDefFoundError e) {
      throw new BenchException(
          "--wrk: expected Testcontainers in lib/ beside the jar, where mvn package puts it; without"
              + " it, use --wrk local",
          e);
    }
  }

  /**
   * Sends load until the time is over.
   *
   * @throws BenchException when wrk cannot run, cannot connect, or reports nothing
   */
  LoadFigures run(LoadRequest request);

  /** The exact command for a request. */
  List<String> command(LoadRequest request);

  /** What a call takes beyond the seconds that it sends, roughly. */
  double callSeconds();
}
