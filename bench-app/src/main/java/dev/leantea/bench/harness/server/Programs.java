package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  /**
   * Does nothing where a program is on PATH.
   *
   * @param install how to get it
   */
  public static void require(String program, String install) {
    if (!onPath(program)) {
      throw new BenchException(program + " is not on PATH: install it " + install);
    }
  }

  /** Starts a command whose stdout and stderr go to the same place, and whose stdin is empty. */
  public static Process start(List<String> command, Redirect output) {
    try {
      Process process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new BenchException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
    }
  }

  /** What a process with a pipe prints until it ends. */
  public static String output(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BenchException("cannot read what a program prints: " + e.getMessage(), e);
    }
  }

  /** What a command printed on stdout and stderr, whatever its status. */
  public static String output(String... command) {
    try {
      Process process = start(List.of(command), Redirect.PIPE);
      String output = output(process);
      if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return output;
      }
      process.destroyForcibly();
      throw new BenchException(command[0] + " did not end within " + LIMIT_SECONDS + " s");
    } catch (InterruptedException e) {
      throw BenchException.interrupted(e);
    }
  }

  /** The last line of a program's output that is not blank. */
  public static String lastLine(String output) {
    return output.strip().replaceAll("(?s).*\\R", "").strip();
  }
}
