package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.result.Placement;
import dev.leantea.bench.harness.server.RunningServer;
import dev.leantea.bench.harness.server.ServerSpec;
import dev.leantea.bench.harness.server.ServerStarter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The servers of a run.
 *
 * @param specs in the order of the tables
 * @param asked whether the user named them: then a missing one is a failure, else a note
 * @param starter starts them
 */
public record Lineup(List<ServerSpec> specs, boolean asked, ServerStarter starter) {
  /** Starts one; without luck, that is in the journal. */
  Optional<RunningServer> start(ServerSpec spec, Placement placement, Journal journal) {
    journal.progress().now("starting " + spec.name());
    try {
      RunningServer server = starter.start(spec, placement);
      journal.add(server.contender());
      return Optional.of(server);
    } catch (BenchException e) {
      missing(spec, e, journal);
      return Optional.empty();
    }
  }

  /** Starts all that can be started. */
  List<RunningServer> start(Placement placement, Journal journal) {
    List<RunningServer> running = new ArrayList<>();
    for (ServerSpec spec : specs) {
      start(spec, placement, journal).ifPresent(running::add);
    }
    return running;
  }

  /** Whether the server of that name takes part in the loads of a route. */
  boolean has(String server, String route) {
    return specs.stream().anyMatch(spec -> spec.name().equals(server) && spec.has(route));
  }

  /** An engine that this machine lacks is no failure, as long as nobody asked for it by name. */
  void missing(ServerSpec spec, BenchException error, Journal journal) {
    String line = spec.name() + ": " + error.line();
    boolean optional =
        spec instanceof ServerSpec.LeanTea leanTea && leanTea.backend().contains(":");
    if (optional && !asked) {
      journal.note(line);
    } else {
      journal.failure(line);
    }
  }
}
