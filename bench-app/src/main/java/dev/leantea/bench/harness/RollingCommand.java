package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Table;
import dev.leantea.bench.harness.rolling.Balancer;
import dev.leantea.bench.harness.rolling.RollingRun;
import dev.leantea.bench.harness.rolling.Tally;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench rolling}: restarts behind a load balancer; see docs/DEPLOYMENT.md. */
@Command(
    name = "rolling",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Restarts instances one after the other behind a load balancer, while clients of HTTP/1.1,"
          + " HTTP/2, event streams and WebSockets ask without a pause.",
      "Status 1 when a request failed, a stream broke off or came back late."
    })
final class RollingCommand implements Callable<Integer> {
  private static final String COLUMNS =
      "round,HTTP/1.1,HTTP/2,events,streams that came back,messages,WebSockets that came back"
          + ",failed";

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
    var rows = new ArrayList<List<String>>();
    var tallies = new ArrayList<Tally>();
    try (Cleanup cleanup = Cleanup.install()) {
      String log = run.run(cleanup, tally -> add(rows, tallies, tally));
      out.println(Table.of(1, COLUMNS, rows).markdown());
      tallies.forEach(tally -> tally.reasons().forEach(out::println));
      long failures = tallies.stream().mapToLong(Tally::failures).sum();
      if (failures > 0) {
        out.println("The balancer's log:\n" + log);
      }
      out.flush();
      return failures == 0 ? 0 : 1;
    }
  }

  private static void add(List<List<String>> rows, List<Tally> tallies, Tally tally) {
    tallies.add(tally);
    LongStream figures =
        LongStream.of(
            tallies.size(),
            tally.http1(),
            tally.http2(),
            tally.events(),
            tally.streamEnds(),
            tally.messages(),
            tally.socketCloses(),
            tally.failures());
    rows.add(figures.mapToObj(Long::toString).toList());
  }
}
