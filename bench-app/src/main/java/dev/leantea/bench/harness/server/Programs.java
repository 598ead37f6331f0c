package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine that are run for their output. */
public final class Programs {
  private static final long LIMIT_SECONDS = 60;

  private Programs() {}

  public static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** What a command printed on stdout and stderr, whatever its status. */
  public static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return output;
      }
      process.destroyForcibly();
      throw new BenchException(command[0] + " did not end within " + LIMIT_SECONDS + " s");
    } catch (IOException e) {
      throw new BenchException("cannot start " + command[0] + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw BenchException.interrupted(e);
    }
  }

  /** The last line of a program's output that is not blank. */
  public static String lastLine(String output) {
    return output.strip().replaceAll("(?s).*\\R", "").strip();
  }
}
