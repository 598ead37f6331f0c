package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.load.LoadFigures;
import dev.leantea.bench.harness.load.LoadGenerator;
import dev.leantea.bench.harness.load.LoadRequest;
import dev.leantea.bench.harness.load.WrkScript;
import dev.leantea.bench.harness.result.Cell;
import dev.leantea.bench.harness.result.LoadCommand;
import dev.leantea.bench.harness.result.Placement;
import dev.leantea.bench.harness.result.Sample;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.HttpProbe;
import dev.leantea.bench.harness.server.RunningServer;
import dev.leantea.bench.harness.server.ServerSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Every server under every load, in turns.
 *
 * <ol>
 *   <li>For each placement, all servers are started; an idle one costs the others nothing.
 *   <li>Routes that a server does not answer are left out for it, and each route is warmed up.
 *   <li>Round by round, load by load, the servers take turns; the first one changes from round to
 *       round. What disturbs the machine for a while so disturbs all of them.
 *   <li>A server that ends is out; what it did before stays. One that only fails under a load goes
 *       on with the next.
 * </ol>
 *
 * <p>One owner thread.
 */
public final class Tournament {
  private final Plan plan;
  private final Lineup lineup;
  private final LoadGenerator wrk;
  private final Cores cores;
  private final Journal journal;
  private final Cleanup cleanup;
  private final Set<String> unanswered = new HashSet<>();

  /** Made ready; {@link #play} runs it. */
  public Tournament(
      Plan plan, Lineup lineup, LoadGenerator wrk, Cores cores, Journal journal, Cleanup cleanup) {
    this.plan = plan;
    this.lineup = lineup;
    this.wrk = wrk;
    this.cores = cores;
    this.journal = journal;
    this.cleanup = cleanup;
  }

  /** Takes all figures; they and what went wrong are in the journal. */
  public void play() {
    journal.progress().expect(plan.steps(lineup.specs()));
    journal.progress().say(announcement());
    if (!cores.pinning()) {
      journal.note("server and wrk are not pinned: that needs taskset and two cores or more");
    }
    for (Placement placement : Placement.values()) {
      if (!plan.cells(placement).isEmpty()) {
        play(placement);
      }
    }
    journal.progress().end();
  }

  private String announcement() {
    long seconds = plan.estimateSeconds(lineup.specs(), wrk.callSeconds());
    return String.format(
        Locale.ROOT,
        "bench: %d servers, %d loads, %d rounds of %d s: about %d minutes",
        lineup.specs().size(),
        plan.cells().size(),
        plan.rounds(),
        plan.seconds(),
        Math.max(1, Math.round(seconds / 60.0)));
  }

  private void play(Placement placement) {
    recordCommands(placement);
    List<RunningServer> servers = lineup.start(placement, journal);
    skipMissing(placement, servers);
    List.copyOf(servers).forEach(server -> prepare(server, placement, servers));
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Cell cell : plan.cells(placement)) {
        turns(cell, round, servers);
      }
    }
    servers.forEach(cleanup::release);
  }

  private void skipMissing(Placement placement, List<RunningServer> servers) {
    List<String> running = servers.stream().map(RunningServer::name).toList();
    for (ServerSpec spec : lineup.specs()) {
      if (!running.contains(spec.name())) {
        journal.progress().skip(plan.steps(spec, plan.cells(placement)));
      }
    }
  }

  private void recordCommands(Placement placement) {
    for (Cell cell : plan.cells(placement)) {
      List<String> command =
          wrk.command(request(cell, 0, plan.seconds(cell))).stream()
              .map(word -> word.replace("127.0.0.1:0/", "127.0.0.1:PORT/"))
              .toList();
      journal.add(new LoadCommand(cell, command, WrkScript.text(cell.pipeline())));
    }
  }

  private LoadRequest request(Cell cell, int port, int seconds) {
    Placement placement = cell.placement();
    return new LoadRequest(
        cell, port, seconds, cores.wrkThreads(placement), cores.wrkSet(placement));
  }

  private void prepare(RunningServer server, Placement placement, List<RunningServer> servers) {
    List<String> answered = new ArrayList<>();
    for (String route : plan.routes(placement)) {
      if (!lineup.has(server.name(), route)) {
        unanswered.add(key(server, route));
      } else if (answers(server, route)) {
        answered.add(route);
      }
    }
    int seconds = plan.warmUpSeconds(answered.size());
    for (String route : answered) {
      if (servers.contains(server)) {
        warmUp(server, new Cell(placement, route, Plan.MIDDLE, 1), seconds, servers);
      }
    }
  }

  private boolean answers(RunningServer server, String route) {
    String outcome = probe(server, route);
    if (!outcome.isEmpty() && unanswered.add(key(server, route))) {
      journal.note(
          server.name() + ": expected 200 from " + route + ", got " + outcome + "; left out");
    }
    return outcome.isEmpty();
  }

  private static String probe(RunningServer server, String route) {
    try {
      int status = HttpProbe.status(server.port(), route);
      return status == 200 ? "" : Integer.toString(status);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String key(RunningServer server, String route) {
    return server.name() + " " + route;
  }

  private void warmUp(RunningServer server, Cell cell, int seconds, List<RunningServer> servers) {
    journal.progress().now("warming up " + server.name() + " " + cell.path());
    try {
      wrk.run(request(cell, server.port(), seconds));
    } catch (BenchException e) {
      failed(server, "while warming up " + cell.path(), e, servers);
    }
  }

  private void turns(Cell cell, int round, List<RunningServer> servers) {
    List<RunningServer> order = new ArrayList<>(servers);
    Collections.rotate(order, -(round - 1));
    for (RunningServer server : order) {
      if (!unanswered.contains(key(server, cell.route())) && !cleanup.closed()) {
        turn(server, cell, round, servers);
      }
    }
  }

  private void turn(RunningServer server, Cell cell, int round, List<RunningServer> servers) {
    journal.progress().now(server.name() + " " + cell.label() + " round " + round);
    try {
      Sample sample = sample(server, cell, round);
      journal.add(sample);
      journal.progress().step(line(sample));
    } catch (BenchException e) {
      failed(server, "at " + cell.label() + ", round " + round, e, servers);
    }
  }

  private Sample sample(RunningServer server, Cell cell, int round) throws BenchException {
    server.tree().resetPeak();
    long before = server.tree().cpuMicros();
    LoadFigures figures = wrk.run(request(cell, server.port(), plan.seconds(cell)));
    server.requireAlive();
    long cpu = server.tree().cpuMicros() - before;
    return new Sample(
        server.name(),
        cell,
        round,
        figures.seconds(),
        figures.requests(),
        figures.p50Micros(),
        figures.p99Micros(),
        figures.errors(),
        (double) cpu / figures.requests(),
        server.tree().peakRssBytes());
  }

  private static String line(Sample sample) {
    return String.format(
        Locale.ROOT,
        "%-18s %-28s round %d  %,9.0f req/s  %6.2f µs CPU  p99 %,.0f µs",
        sample.server(),
        sample.cell().label(),
        sample.round(),
        sample.perSecond(),
        sample.cpuMicros(),
        sample.p99Micros());
  }

  /** A dead server's own words say more than what wrk made of it. */
  private void failed(
      RunningServer server, String when, BenchException error, List<RunningServer> servers) {
    if (cleanup.closed()) {
      return; // interrupted: everything fails now
    }
    try {
      server.requireAlive();
      journal.failure(server.name() + ": no figure " + when + ": " + error.line());
    } catch (BenchException death) {
      journal.failure(server.name() + ": left out from here on, " + when + ": " + death.line());
      servers.remove(server);
      cleanup.release(server);
    }
  }
}
