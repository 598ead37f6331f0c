package dev.leantea.bench.soak;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;

/**
 * What this JVM has in use while no client is there.
 *
 * @param descriptors open ones; 0 where the system does not show them
 * @param threads platform threads
 * @param heap MiB that garbage collection leaves
 */
record Figures(int descriptors, int threads, int heap) {
  static Figures now() {
    System.gc();
    System.gc(); // what the first one has put into reference queues
    String[] open = new File("/proc/self/fd").list();
    Runtime runtime = Runtime.getRuntime();
    return new Figures(
        open == null ? 0 : open.length,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        (int) ((runtime.totalMemory() - runtime.freeMemory()) >> 20));
  }

  /** What has grown by more than the JVM itself may open, start and keep. */
  Stream<String> growthSince(Figures before) {
    return Stream.of(
            growth("descriptors", before.descriptors, descriptors, 8),
            growth("threads", before.threads, threads, 8),
            growth("MiB of heap", before.heap, heap, 16 + before.heap / 4))
        .flatMap(line -> line);
  }

  private static Stream<String> growth(String what, int before, int now, int slack) {
    return now <= before + slack
        ? Stream.empty()
        : Stream.of(what + ": " + before + " after the first phase, " + now + " at the end");
  }
}
