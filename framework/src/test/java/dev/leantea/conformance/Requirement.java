package dev.leantea.conformance;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a test needs of the machine, and {@code .ci/run} installs. */
public final class Requirement {
  private Requirement() {}

  /**
   * Fails the test in CI, and skips it elsewhere, when something is missing.
   *
   * @param name of the program or service
   */
  public static void require(boolean available, String name) {
    if (!available) {
      String message = "needs " + name + ", which .ci/run installs";
      if ("true".equals(System.getenv("CI"))) {
        fail(message);
      } else {
        abort(message);
      }
    }
  }

  /** Requires a program that the shell finds. */
  public static void requireProgram(String name) {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(it -> Files.isExecutable(Path.of(it, name)));
    require(found, name);
  }
}
