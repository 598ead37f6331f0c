package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.result.StartSample;
import dev.leantea.bench.harness.server.AotCache;
import dev.leantea.bench.harness.server.JavaCommand;
import dev.leantea.bench.harness.server.ServerSpec;
import dev.leantea.bench.harness.server.ServerStarter;
import java.util.ArrayList;
import java.util.List;

/**
 * How long starts take, on all cores, the servers in turns.
 *
 * @param rounds starts of each server
 * @param lineup the servers
 * @param journal takes the figures
 */
public record StartRun(int rounds, Lineup lineup, Journal journal) {

  /** One way to start a server. */
  private record Start(ServerSpec spec, boolean cached, List<String> options) {}

  /** Takes all figures. */
  public void run() {
    List<Start> starts = starts();
    journal.progress().expect(rounds * starts.size());
    for (int round = 1; round <= rounds; round++) {
      for (Start start : List.copyOf(starts)) {
        if (!run(start, round)) {
          starts.remove(start);
        }
      }
    }
    journal.progress().end();
  }

  private List<Start> starts() {
    List<Start> starts = new ArrayList<>();
    List<String> options = lineup.starter().javaOptions();
    for (ServerSpec spec : lineup.specs()) {
      starts.add(new Start(spec, false, options));
      if (spec instanceof ServerSpec.LeanTea leanTea) {
        cached(leanTea, starts);
      }
    }
    return starts;
  }

  private void cached(ServerSpec.LeanTea spec, List<Start> starts) {
    if (spec.jar().isEmpty() && !JavaCommand.fromJar()) {
      journal.note("an AOT cache needs the runnable jar; starts with one are left out");
      return;
    }
    journal.progress().now("making an AOT cache for " + spec.name());
    try {
      starts.add(new Start(spec, true, AotCache.train(lineup.starter(), spec)));
    } catch (BenchException e) {
      lineup.missing(spec, e, journal);
    }
  }

  private boolean run(Start start, int round) {
    ServerStarter starter = lineup.starter();
    try {
      double millis = starter.millisToFirstAnswer(start.spec(), start.options());
      journal.add(new StartSample(start.spec().name(), start.cached(), round, millis));
      journal.progress().step(start.spec().name() + ": " + Math.round(millis) + " ms");
      return true;
    } catch (BenchException e) {
      lineup.missing(start.spec(), e, journal);
      return false;
    }
  }
}
