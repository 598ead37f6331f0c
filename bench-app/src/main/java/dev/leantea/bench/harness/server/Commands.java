package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands for their output. */
public final class Commands {
  private static final long LIMIT_SECONDS = 60;

  private Commands() {}

  /**
   * What a command printed on stdout and stderr, whatever its status.
   *
   * @throws BenchException when it cannot be started or does not end
   */
  public static String output(List<String> command) throws BenchException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new BenchException(command.getFirst() + " did not end in " + LIMIT_SECONDS + " s");
      }
      return output;
    } catch (IOException e) {
      throw new BenchException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /** The first line of {@link #output}. */
  public static String firstLine(List<String> command) throws BenchException {
    return output(command).lines().findFirst().orElse("").strip();
  }
}
