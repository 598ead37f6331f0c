package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Table;
import dev.leantea.bench.harness.rolling.Balancer;
import dev.leantea.bench.harness.rolling.RollingRun;
import dev.leantea.bench.harness.rolling.Tally;
import dev.leantea.bench.harness.rolling.Tally.Count;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench rolling}: restarts behind a load balancer; see docs/DEPLOYMENT.md. */
@Command(
    name = "rolling",
    showDefaultValues = true,
    description = {
      "Restarts instances one after the other behind a load balancer, while clients of HTTP/1.1,"
          + " HTTP/2, event streams and WebSockets ask without a pause.",
      "Status 1 when a request failed, a stream broke off or came back late."
    })
final class RollingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--balancer", description = "${COMPLETION-CANDIDATES}")
  private Balancer.Kind balancer = Balancer.Kind.HAPROXY;

  @Option(names = "--backend", description = "As serve takes it.")
  private String backend = "reactor";

  @Option(names = "--instances", description = "2 or more.")
  private int instances = 2;

  @Option(names = "--rounds", description = "In each, every instance is restarted once.")
  private int rounds = 10;

  @Option(names = "--requests", description = "Of a round, at least.")
  private long requests = 100_000;

  @Option(names = "--clients", description = "Of each kind.")
  private int clients = 4;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    var run = new RollingRun(balancer, backend, instances, rounds, requests, clients);
    var tallies = new ArrayList<Tally>();
    try (Cleanup cleanup = Cleanup.install()) {
      String log = run.run(cleanup, tallies::add);
      out.println(table(tallies).markdown());
      tallies.forEach(tally -> tally.reasons().forEach(out::println));
      boolean isFailed = tallies.stream().anyMatch(tally -> tally.of(Count.FAILURES) > 0);
      if (isFailed) {
        out.println("The balancer's log:\n" + log);
      }
      return isFailed ? 1 : 0;
    }
  }

  private static Table table(List<Tally> tallies) {
    List<Count> counts = List.of(Count.values());
    var header = new ArrayList<>(List.of("round"));
    counts.forEach(count -> header.add(count.label()));
    var rows = new ArrayList<List<String>>();
    for (Tally tally : tallies) {
      var row = new ArrayList<>(List.of("" + (rows.size() + 1)));
      counts.forEach(count -> row.add("" + tally.of(count)));
      rows.add(row);
    }
    return new Table(1, header, rows);
  }
}
