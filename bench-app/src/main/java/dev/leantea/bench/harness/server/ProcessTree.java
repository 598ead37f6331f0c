package dev.leantea.bench.harness.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * A process with its descendants, as Linux accounts for them: nginx works in its workers, a peer's
 * command may be a shell.
 *
 * @param root process id
 */
public record ProcessTree(long root) {
  /** Clock ticks of {@code /proc/PID/stat} per second: USER_HZ, the same on every Linux port. */
  private static final int TICKS_PER_SECOND = 100;

  /** {@code utime} is field 14 of proc(5); this counts from field 3, the first behind the name. */
  private static final int UTIME = 11;

  private static final int STIME = 12;
  private static final Path PROC = Path.of("/proc");

  /** Whether this system tells what is asked here. */
  public static boolean readable() {
    return Files.isReadable(PROC.resolve("self/stat"));
  }

  /** User and system time so far, in microseconds, of all that live. */
  public long cpuMicros() {
    return sum("stat", ProcessTree::cpuMicros);
  }

  /** Memory held now, in bytes. */
  public long rssBytes() {
    return sum("status", status -> kibibytes(status, "VmRSS:") * 1024);
  }

  /** Most memory held since {@link #resetPeak}, in bytes: the sum of each process's own peak. */
  public long peakRssBytes() {
    return sum("status", status -> kibibytes(status, "VmHWM:") * 1024);
  }

  /** Starts the peak anew (proc(5), {@code clear_refs}); without the right to, it goes on. */
  public void resetPeak() {
    pids().forEach(ProcessTree::resetPeak);
  }

  private static boolean resetPeak(long pid) {
    try {
      Files.writeString(PROC.resolve(pid + "/clear_refs"), "5");
      return true;
    } catch (IOException e) {
      return false; // gone, or another user's
    }
  }

  /** The process and its descendants that live. */
  public List<Long> pids() {
    return ProcessHandle.of(root).stream()
        .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
        .map(ProcessHandle::pid)
        .toList();
  }

  private long sum(String file, ToLongFunction<String> figure) {
    return pids().stream().mapToLong(pid -> figure.applyAsLong(read(pid, file))).sum();
  }

  /** Empty for a process that is gone. */
  private static String read(long pid, String file) {
    try {
      return Files.readString(PROC.resolve(pid + "/" + file));
    } catch (IOException e) {
      return "";
    }
  }

  /** Of the text of one {@code /proc/PID/stat}. */
  static long cpuMicros(String stat) {
    // The name stands in parentheses and may hold spaces and parentheses itself.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= STIME) {
      return 0;
    }
    long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]);
    return ticks * (1_000_000 / TICKS_PER_SECOND);
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
