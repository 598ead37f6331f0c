package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.server.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a run was made.
 *
 * @param cores that this process may use
 * @param jdk the runtime that the servers run on too
 * @param commit of the working directory, with {@code +changes} when it was not clean
 * @param loadAverage over the minute before the run: what else was running
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
  public static Machine here() {
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("os.version"),
        value("/proc/cpuinfo", "model name\\s*: ", "unknown"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(value("/proc/meminfo", "MemTotal: *", "0").replaceAll("\\D", "")) * 1024,
        System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"),
        commitHere(),
        Double.parseDouble(value("/proc/loadavg", "", "0").replaceAll(" .*", "")));
  }

  /** The rest of the first line that starts with a pattern. */
  private static String value(String file, String start, String missing) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.matches(start + ".*"))
          .map(line -> line.replaceFirst(start, "").strip())
          .findFirst()
          .orElse(missing);
    } catch (IOException e) {
      return missing;
    }
  }

  private static String commitHere() {
    try {
      String head = Programs.output("git", "rev-parse", "--short=12", "HEAD").strip();
      String changes = Programs.output("git", "status", "--porcelain", "--untracked-files=no");
      return head.matches("[0-9a-f]+") ? head + (changes.isEmpty() ? "" : "+changes") : "unknown";
    } catch (BenchException e) {
      return "unknown"; // there is no git
    }
  }
}
