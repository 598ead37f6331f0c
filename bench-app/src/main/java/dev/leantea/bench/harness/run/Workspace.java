package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The temporary folder of a run: configurations, scripts, logs.
 *
 * @param folder where it is
 */
public record Workspace(Path folder) implements Resource {
  /**
   * Makes one.
   *
   * @throws BenchException when there is no room for it
   */
  public static Workspace create() throws BenchException {
    try {
      return new Workspace(Files.createTempDirectory("leantea-bench-"));
    } catch (IOException e) {
      throw new BenchException("cannot make a temporary folder: " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      contents().forEach(Workspace::delete);
    } catch (IOException e) {
      delete(folder);
    }
  }

  private List<Path> contents() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      System.err.println("bench: cannot delete " + path + ": " + e);
    }
  }
}
