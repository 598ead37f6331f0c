package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes an AOT cache (JEP 483, 514) out of a run in which the server answers a few requests. */
public final class AotCache {
  /** The JVM assembles the cache at its end, in a process of its own. */
  private static final long ASSEMBLY_SECONDS = 120;

  private static final int REQUESTS = 200;
  private static final List<String> ROUTES =
      List.of("/health", "/health/blocking", "/json", "/echo?msg=hi", "/missing");

  private AotCache() {}

  /**
   * The options of a JVM that starts with the cache.
   *
   * @throws BenchException when the server does not run, or the JVM makes no cache
   */
  public static List<String> train(ServerStarter starter, ServerSpec.LeanTea spec)
      throws BenchException {
    Path cache =
        starter
            .workspace()
            .folder()
            .resolve("aot-" + starter.serial().incrementAndGet() + ".cache");
    ServerProcess server = starter.startJava(spec, with(starter, "-XX:AOTCacheOutput=" + cache));
    try {
      train(server.port());
      server.terminate(ASSEMBLY_SECONDS);
    } finally {
      starter.cleanup().release(server);
    }
    if (!Files.isRegularFile(cache)) {
      throw new BenchException(
          "expected an AOT cache after the training run" + Readiness.said(server.output()));
    }
    return with(starter, "-XX:AOTCache=" + cache);
  }

  private static List<String> with(ServerStarter starter, String option) {
    List<String> options = new ArrayList<>(starter.javaOptions());
    options.add(option);
    return options;
  }

  private static void train(int port) {
    for (int i = 0; i < REQUESTS; i++) {
      String _ = Readiness.attempt(port, ROUTES.get(i % ROUTES.size()));
    }
  }
}
