package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.result.StartSample;
import dev.leantea.bench.harness.server.AotCache;
import dev.leantea.bench.harness.server.JavaCommand;
import dev.leantea.bench.harness.server.ServerSpec;
import java.util.ArrayList;
import java.util.List;

/** How long starts take, on all cores. The servers take turns. */
public record StartRun(int rounds, Servers servers) {

  /** One way to start a server. */
  private record Start(ServerSpec spec, boolean cached, List<String> options) {}

  /** Takes all figures; they and what went wrong are recorded. */
  public void run() {
    Progress progress = servers.recorder().progress();
    List<Start> starts = starts();
    progress.expect(rounds * starts.size());
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
    recorder.progress().say("making an AOT cache for " + spec.name());
    try {
      starts.add(new Start(spec, true, AotCache.train(servers.starter(), spec)));
    } catch (BenchException e) {
      servers.missing(spec, e);
    }
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
