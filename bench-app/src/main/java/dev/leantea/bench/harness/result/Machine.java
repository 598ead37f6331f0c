package dev.leantea.bench.harness.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where a run was made.
 *
 * @param os name and architecture
 * @param kernel its version
 * @param cpu the model's name
 * @param cores that this process may use
 * @param memoryBytes of the whole machine
 * @param jdk the runtime that the servers run on too
 * @param commit of the working directory, with {@code +changes} when it was not clean
 * @param loadAverage over the minute before the run: what else went on
 */
public record Machine(
    String os,
    String kernel,
    String cpu,
    int cores,
    long memoryBytes,
    String jdk,
    String commit,
    double loadAverage) {
  private static final int COMMIT_DIGITS = 12;

  /** This one, now. */
  public static Machine here() {
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("os.version"),
        field("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        kibibytes(field("/proc/meminfo", "MemTotal")) * 1024,
        System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"),
        checkedOut(),
        loadAverageNow());
  }

  private static String field(String file, String name) {
    return lines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static long kibibytes(String text) {
    String digits = text.replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  private static double loadAverageNow() {
    List<String> lines = lines("/proc/loadavg");
    return lines.isEmpty() ? 0 : Double.parseDouble(lines.getFirst().split(" ", 2)[0]);
  }

  private static String checkedOut() {
    String head = git("rev-parse", "HEAD");
    if (head.length() < COMMIT_DIGITS) {
      return "unknown";
    }
    boolean clean = git("status", "--porcelain", "--untracked-files=no").isEmpty();
    return head.substring(0, COMMIT_DIGITS) + (clean ? "" : "+changes");
  }

  /** The command's output, or nothing where there is no git or no repository. */
  private static String git(String... arguments) {
    try {
      ProcessBuilder builder = new ProcessBuilder("git");
      builder.command().addAll(List.of(arguments));
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? output : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
