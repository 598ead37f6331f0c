package dev.leantea.conformance;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

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
}
