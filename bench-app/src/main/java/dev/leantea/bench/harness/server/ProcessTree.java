package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process with its descendants, as Linux accounts for them: nginx works in its workers, a peer's
 * command may be a shell.
 *
 * @param root process id
 */
public record ProcessTree(long root) {
  private static final Path PROC = Path.of("/proc");

  /** The end of a class histogram: instances, bytes. */
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  public static boolean readable() {
    return Files.isReadable(PROC.resolve("self/stat"));
  }

  /** User and system time so far, in microseconds, of all that live. */
  public long cpuMicros() {
    return handles()
        .flatMap(handle -> handle.info().totalCpuDuration().stream())
        .mapToLong(cpu -> cpu.toNanos() / 1_000)
        .sum();
  }

  /** Resident memory now, in bytes. */
  public long rssBytes() {
    return statusBytes("VmRSS:");
  }

  /** Peak of the resident memory since {@link #resetPeak}: the sum of each process's own peak. */
  public long peakRssBytes() {
    return statusBytes("VmHWM:");
  }

  /** Starts the peak anew (proc(5), {@code clear_refs}); does nothing without the right to. */
  public void resetPeak() {
    for (long pid : pids()) {
      try {
        Files.writeString(PROC.resolve(pid + "/clear_refs"), "5");
      } catch (IOException e) {
        // it has ended, or it is another user's
      }
    }
  }

  public List<Long> pids() {
    return handles().map(ProcessHandle::pid).toList();
  }

  private Stream<ProcessHandle> handles() {
    return ProcessHandle.of(root).stream()
        .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()));
  }

  private long statusBytes(String field) {
    return pids().stream().mapToLong(pid -> kibibytes(status(pid), field) * 1024).sum();
  }

  private static String status(long pid) {
    try {
      return Files.readString(PROC.resolve(pid + "/status"));
    } catch (IOException e) {
      return "";
    }
  }

  /** Live heap of the tree's JVM, after a full collection, in bytes; empty without a JVM. */
  public OptionalLong liveHeapBytes() {
    Optional<Long> jvm =
        pids().stream().filter(pid -> status(pid).startsWith("Name:\tjava\n")).findFirst();
    if (jvm.isEmpty()) {
      return OptionalLong.empty();
    }
    String id = jvm.get().toString();
    // Twice: objects that cleaners refer to go with the second collection.
    Programs.output(JavaCommand.tool("jcmd"), id, "GC.run");
    return OptionalLong.of(
        histogramBytes(Programs.output(JavaCommand.tool("jcmd"), id, "GC.class_histogram")));
  }

  static long histogramBytes(String histogram) {
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new BenchException("jcmd: expected a histogram, got: " + histogram.strip());
    }
    return Long.parseLong(total.group(1));
  }

  /** A field of {@code /proc/PID/status}, 0 where it is missing. */
  static long kibibytes(String status, String field) {
    return status
        .lines()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
