package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.report.Results.StartSample;
import dev.leantea.bench.harness.server.JavaCommand;
import dev.leantea.bench.harness.server.ServerProcess;
import dev.leantea.bench.harness.server.ServerSpec;
import dev.leantea.bench.harness.server.ServerStarter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How long starts take, on all cores. The servers take turns. */
public record StartRun(int rounds, Servers servers) {
  /** The JVM assembles an AOT cache at its end, in a process of its own. */
  private static final long ASSEMBLY_SECONDS = 120;

  private static final int REQUESTS = 200;
  private static final List<String> ROUTES =
      List.of("/health", "/health/blocking", "/json", "/echo?msg=hi", "/missing");

  private record Start(ServerSpec spec, boolean cached, List<String> options) {}

  public void run() {
    List<Start> starts = starts();
    servers.recorder().expect(rounds * starts.size());
    for (int i = 1; i <= rounds; i++) {
      int round = i;
      starts.removeIf(start -> !measured(start, round));
    }
  }

  private List<Start> starts() {
    List<Start> starts = new ArrayList<>();
    for (ServerSpec spec : servers.specs()) {
      starts.add(new Start(spec, false, servers.starter().javaOptions()));
      if (spec instanceof ServerSpec.LeanTea leanTea) {
        addCached(leanTea, starts);
      }
    }
    return starts;
  }

  private void addCached(ServerSpec.LeanTea spec, List<Start> starts) {
    Recorder recorder = servers.recorder();
    if (spec.jar().isEmpty() && !JavaCommand.fromJar()) {
      recorder.note("an AOT cache needs the runnable jar; starts with one are left out");
      return;
    }
    recorder.say("making an AOT cache for " + spec.name());
    try {
      starts.add(new Start(spec, true, trained(spec)));
    } catch (BenchException e) {
      servers.missing(spec, e);
    }
  }

  /**
   * Makes an AOT cache (JEP 483, 514) in a run in which the server answers a few requests.
   *
   * @return the options of a JVM that starts with the cache
   */
  private List<String> trained(ServerSpec.LeanTea spec) {
    ServerStarter starter = servers.starter();
    Path cache = starter.newFile("aot", ".cache");
    ServerProcess server =
        starter.start(spec, Placement.SHARED, 0, with("-XX:AOTCacheOutput=" + cache));
    try {
      for (int i = 0; i < REQUESTS; i++) {
        String _ = starter.probe().check(server.port(), ROUTES.get(i % ROUTES.size()));
      }
      int _ = server.terminate(ASSEMBLY_SECONDS);
    } finally {
      starter.cleanup().release(server);
    }
    if (!Files.isRegularFile(cache)) {
      throw new BenchException("expected an AOT cache after the run, got none" + server.lastLine());
    }
    return with("-XX:AOTCache=" + cache);
  }

  private List<String> with(String option) {
    return Stream.concat(servers.starter().javaOptions().stream(), Stream.of(option)).toList();
  }

  private boolean measured(Start start, int round) {
    String name = start.spec().name();
    try {
      double millis = servers.starter().millisToFirstAnswer(start.spec(), start.options());
      StartSample sample = new StartSample(name, start.cached(), round, millis);
      servers.recorder().add(sample, name + ": " + Math.round(millis) + " ms");
      return true;
    } catch (BenchException e) {
      servers.missing(start.spec(), e);
      return false;
    }
  }
}
