package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.result.Placement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes an AOT cache (JEP 483, 514) in a run in which the server answers a few requests. */
public final class AotCache {
  /** The JVM assembles the cache at its end, in a process of its own. */
  private static final long ASSEMBLY_SECONDS = 120;

  private static final int REQUESTS = 200;
  private static final List<String> ROUTES =
      List.of("/health", "/health/blocking", "/json", "/echo?msg=hi", "/missing");

  private AotCache() {}

  /** Returns the options of a JVM that starts with the cache. */
  public static List<String> train(ServerStarter starter, ServerSpec.LeanTea spec) {
    Path cache = starter.newFile("aot", ".cache");
    List<String> recording = with(starter, "-XX:AOTCacheOutput=" + cache);
    ServerProcess server = starter.start(spec, Placement.SHARED, 0, recording);
    try {
      for (int i = 0; i < REQUESTS; i++) {
        String _ = HttpProbe.check(server.port(), ROUTES.get(i % ROUTES.size()));
      }
      server.terminate(ASSEMBLY_SECONDS);
    } finally {
      starter.cleanup().release(server);
    }
    if (!Files.isRegularFile(cache)) {
      throw new BenchException("expected an AOT cache after the run, got none" + server.lastLine());
    }
    return with(starter, "-XX:AOTCache=" + cache);
  }

  private static List<String> with(ServerStarter starter, String option) {
    return Stream.concat(starter.javaOptions().stream(), Stream.of(option)).toList();
  }
}
