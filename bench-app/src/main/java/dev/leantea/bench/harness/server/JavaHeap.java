package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The live heap of a JVM in a process tree, as {@code jcmd} reports it. */
public final class JavaHeap {
  /** The end of a histogram: instances, bytes. */
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  private JavaHeap() {}

  /** Bytes of all reachable objects, after a full collection; empty without a JVM in the tree. */
  public static OptionalLong liveBytes(ProcessTree tree) {
    for (long pid : tree.pids()) {
      if (isJava(pid)) {
        String id = Long.toString(pid);
        // Twice: objects that cleaners refer to go with the second collection.
        Programs.output(JavaCommand.tool("jcmd"), id, "GC.run");
        String histogram = Programs.output(JavaCommand.tool("jcmd"), id, "GC.class_histogram");
        return OptionalLong.of(total(histogram));
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

  static long total(String histogram) {
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new BenchException("jcmd: expected a histogram, got: " + histogram.strip());
    }
    return Long.parseLong(total.group(1));
  }
}
