package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Format;
import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.report.Load.Transport;
import dev.leantea.bench.harness.report.LoadFigures;
import dev.leantea.bench.harness.report.Results.LoadCommand;
import dev.leantea.bench.harness.report.Sample;
import dev.leantea.bench.harness.server.ServerProcess;
import dev.leantea.bench.harness.server.ServerSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Measures every server under every load. One thread.
 *
 * <ol>
 *   <li>For each placement, all servers are started; an idle one costs the others nothing.
 *   <li>Routes that a server does not answer are left out for it, and each route is warmed up.
 *   <li>Round by round, load by load, the servers take turns, and the first one changes from round
 *       to round: what disturbs the machine for a while then disturbs all of them.
 *   <li>A server that ends is left out from there on; its figures so far stay. One that only fails
 *       under a load goes on with the next load.
 * </ol>
 */
final class LoadRun {
  /** Looks whether a server answers a route as it should, before it is measured. */
  interface AnswerCheck {
    /**
     * Asks a server on 127.0.0.1.
     *
     * @return empty when it answers with 200; else what came instead: it may lack the route
     * @throws BenchException when the answer is wrong, so that its figures would be worth nothing
     */
    String check(int port, String route);
  }

  private final LoadPlan plan;
  private final Servers servers;
  private final Wrk wrk;
  private final Wrk newConnections;
  private final Recorder recorder;
  private final Cleanup cleanup;
  private final List<ServerProcess> running = new ArrayList<>();
  private final Set<String> unanswered = new HashSet<>();

  private AnswerCheck check;

  LoadRun(LoadPlan plan, Servers servers, Wrk wrk) {
    this.plan = plan;
    this.servers = servers;
    this.wrk = wrk;
    this.newConnections = new NewConnections(servers.starter().folder(), servers.starter().cores());
    this.recorder = servers.recorder();
    this.cleanup = servers.starter().cleanup();
    this.check = servers.starter().probe()::check;
  }

  /** The same with another check than for status 200. */
  void run(AnswerCheck other) {
    check = other;
    run();
  }

  /** Takes all figures; they and what went wrong are recorded. */
  void run() {
    recorder.expect(plan.steps(servers.specs()));
    long minutes = Math.max(1, plan.estimateSeconds(servers.specs()) / 60);
    String size = servers.specs().size() + " servers, " + plan.loads().size() + " loads, ";
    String length = plan.rounds() + " rounds of " + plan.seconds() + " s";
    recorder.say(size + length + ": about " + minutes + " minutes");
    if (!servers.starter().cores().pinning()) {
      recorder.note("server and wrk are not pinned: that needs taskset and two cores or more");
    }
    for (Placement placement : Placement.values()) {
      if (!plan.loads(placement).isEmpty()) {
        run(placement);
      }
    }
  }

  private void run(Placement placement) {
    List<Load> loads = plan.loads(placement);
    for (Load load : loads) {
      Wrk generator = generator(load);
      List<String> command = generator.command(load, "PORT", plan.seconds(load));
      recorder.add(new LoadCommand(load, command, generator.script(load)));
    }
    for (ServerSpec spec : servers.specs()) {
      servers
          .start(spec, placement)
          .ifPresentOrElse(running::add, () -> recorder.skip(plan.steps(spec, loads)));
    }
    List.copyOf(running).forEach(server -> warmUp(server, placement));
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Load load : loads) {
        measureAll(load, round);
      }
    }
    running.forEach(cleanup::release);
    running.clear();
  }

  private Wrk generator(Load load) {
    return load.transport() == Transport.NEW_TLS ? newConnections : wrk;
  }

  private LoadFigures send(Load load, ServerProcess server, int seconds) {
    int port = servers.spec(server).loadPort(server.port());
    return generator(load).run(load, port, seconds);
  }

  private void warmUp(ServerProcess server, Placement placement) {
    List<Load> loads =
        plan.warmUps(placement).stream().filter(it -> answers(server, it.route())).toList();
    for (Load load : loads) {
      recorder.say("warming up " + server.name() + " " + load.path());
      try {
        send(load, server, plan.warmUpSeconds(loads.size()));
      } catch (BenchException e) {
        if (!goesOn(server, "while warming up " + load.path(), e)) {
          return;
        }
      }
    }
  }

  private boolean answers(ServerProcess server, String route) {
    boolean answers = servers.spec(server).has(route) && answersWell(server, route);
    if (!answers) {
      unanswered.add(server.name() + route);
    }
    return answers;
  }

  private boolean answersWell(ServerProcess server, String route) {
    try {
      String outcome = check.check(server.port(), route);
      if (!outcome.isEmpty()) {
        recorder.note(
            "%s: expected 200 from %s, got %s; left out".formatted(server.name(), route, outcome));
      }
      return outcome.isEmpty();
    } catch (BenchException e) {
      recorder.failure("%s: %s: %s; left out".formatted(server.name(), route, e.line()));
      return false;
    }
  }

  private void measureAll(Load load, int round) {
    List<ServerProcess> turns = new ArrayList<>(running);
    Collections.rotate(turns, -(round - 1));
    for (ServerProcess server : turns) {
      if (!unanswered.contains(server.name() + load.route()) && !cleanup.closed()) {
        measure(server, load, round);
      }
    }
  }

  private void measure(ServerProcess server, Load load, int round) {
    try {
      Sample sample = sample(server, load, round);
      recorder.add(sample, line(sample));
    } catch (BenchException e) {
      boolean _ = goesOn(server, "at " + load.label() + ", round " + round, e);
    }
  }

  private Sample sample(ServerProcess server, Load load, int round) {
    server.tree().resetPeak();
    long before = server.tree().cpuMicros();
    LoadFigures figures = send(load, server, plan.seconds(load));
    server.requireAlive();
    double cpuMicros = (double) (server.tree().cpuMicros() - before) / figures.requests();
    long peak = server.tree().peakRssBytes();
    return new Sample(server.name(), load, round, figures, cpuMicros, peak);
  }

  private static String line(Sample sample) {
    return Format.text(
        "%-18s %-28s round %d  %,9.0f req/s  %6.2f µs CPU  p99 %,.0f µs",
        sample.server(),
        sample.load().label(),
        sample.round(),
        sample.perSecond(),
        sample.cpuMicros(),
        sample.p99Micros());
  }

  /** After an error: whether the server still runs. The end of a server explains wrk's error. */
  private boolean goesOn(ServerProcess server, String when, BenchException error) {
    if (cleanup.closed()) {
      return false; // interrupted: everything fails now
    }
    try {
      server.requireAlive();
      recorder.failure(server.name() + ": no figure " + when + ": " + error.line());
      return true;
    } catch (BenchException end) {
      recorder.failure(server.name() + ": left out from here on, " + when + ": " + end.line());
      running.remove(server);
      cleanup.release(server);
      return false;
    }
  }
}
