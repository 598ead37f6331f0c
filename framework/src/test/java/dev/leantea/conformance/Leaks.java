package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What servers may leave behind in a JVM: descriptors, threads, shutdown hooks. */
final class Leaks {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** Servers before the first count: what the JVM itself opens once is open by then. */
  private static final int WARM_UP = 5;

  private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
  private final List<WeakReference<Server>> servers = new ArrayList<>();
  private List<String> descriptorsBefore = List.of();

  /** The server is closed, as all before it are. */
  void closed(Server server) throws IOException {
    servers.add(new WeakReference<>(server));
    if (servers.size() == WARM_UP) {
      descriptorsBefore = descriptors();
    }
  }

  /** A server of an earlier test that was left running may end meanwhile: fewer are no leak. */
  void requireNone() throws Exception {
    assertThat(descriptors())
        .as("descriptors, which were %s", descriptorsBefore)
        .hasSizeLessThanOrEqualTo(descriptorsBefore.size());
    requireNoThreads();
    requireNoHooks();
  }

  private void requireNoThreads() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!threadsBefore.contains(thread) && thread.getName().startsWith("leantea-")) {
        thread.join(); // one that does not end is found by the timeout
      }
    }
  }

  /** A shutdown hook refers to its server. */
  private void requireNoHooks() {
    for (WeakReference<Server> server : servers) {
      while (server.get() != null) {
        System.gc();
      }
    }
  }

  /** What each open descriptor refers to; nothing where the system does not show it. */
  private static List<String> descriptors() throws IOException {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return List.of(); // not Linux
    }
    try (var open = Files.list(DESCRIPTORS)) {
      return open.map(Leaks::target).sorted().toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "closed meanwhile"; // the one that lists the others
    }
  }
}
