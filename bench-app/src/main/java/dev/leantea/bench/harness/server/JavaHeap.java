package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The live heap of a JVM in a process tree, asked of it with {@code jcmd}. */
public final class JavaHeap {
  private JavaHeap() {}

  /**
   * Bytes of all objects that are reachable, after a full collection; empty when no process of the
   * tree is a JVM.
   *
   * @throws BenchException when the JVM gives no figure
   */
  public static OptionalLong liveBytes(ProcessTree tree) throws BenchException {
    for (long pid : tree.pids()) {
      if (isJava(pid)) {
        return OptionalLong.of(liveBytes(pid));
      }
    }
    return OptionalLong.empty();
  }

  private static boolean isJava(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/comm")).strip().equals("java");
    } catch (IOException e) {
      return false;
    }
  }

  private static long liveBytes(long pid) throws BenchException {
    String id = Long.toString(pid);
    // Twice: the first collection finds what cleaners hold on to, the second what they let go.
    Commands.output(List.of(JavaCommand.tool("jcmd"), id, "GC.run"));
    return total(Commands.output(List.of(JavaCommand.tool("jcmd"), id, "GC.class_histogram")));
  }

  /** Of the line {@code Total INSTANCES BYTES} at the end of a histogram. */
  static long total(String histogram) throws BenchException {
    String line =
        histogram
            .lines()
            .filter(text -> text.startsWith("Total"))
            .findFirst()
            .orElseThrow(
                () -> new BenchException("jcmd: expected a histogram, got: " + histogram.strip()));
    String[] words = line.strip().split("\\s+", -1);
    return Long.parseLong(words[words.length - 1]);
  }
}
