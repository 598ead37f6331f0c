package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Format;
import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.report.Table;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.ServerSpec;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench scale}: the same backend with 1, 2, 4 … event loops; see docs/SCALING.md. */
@Command(
    name = "scale",
    showDefaultValues = true,
    description = {
      "Measures each backend with 1, 2, 4 … event loops, and prints how evenly SO_REUSEPORT spreads"
          + " connections over 2 to 128 loops, by simulation.",
      "Server and wrk share all cores, so half of them is the most loops that make sense."
    })
final class ScaleCommand implements Callable<Integer> {
  private static final int MAX_SIMULATED_LOOPS = 128;
  private static final int DRAWS = 500;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private LoadOptions run = new LoadOptions(10);

  @Option(
      names = "--loops",
      split = ",",
      description = "Numbers of event loops. Default: 1, 2, 4 … to half of the cores.")
  private List<Integer> loops = new ArrayList<>();

  @Option(names = "--routes", split = ",", description = "Measure these routes only.")
  private List<String> routes = List.of("/health", "/health/blocking", "/json");

  @Option(names = "--connections", split = ",", description = "Measure with so many connections.")
  private List<Integer> connections = List.of(256);

  @Override
  public Integer call() {
    int max = Math.max(1, Cores.here().count() / 2);
    List<Integer> counts =
        loops.isEmpty()
            ? IntStream.iterate(1, it -> it <= max, it -> it * 2).boxed().toList()
            : loops;
    PrintWriter out = spec.commandLine().getOut();
    out.println("Connections per loop, by simulation of " + DRAWS + " draws:");
    out.println(balance().markdown());
    List<Load> loads = LoadPlan.product(Placement.SHARED, routes, connections, 1);
    return run.measure(
        "scale",
        "reactor:io_uring:" + counts.getFirst(),
        servers -> run.run(loads, servers.replaced(it -> scaled(it, counts))).run());
  }

  static Table balance() {
    var rows = new ArrayList<List<String>>();
    for (int count = 2; count <= MAX_SIMULATED_LOOPS; count *= 2) {
      var row = new ArrayList<>(List.of(Integer.toString(count)));
      for (int each : new int[] {1, 4, 16, 64, 256}) {
        AcceptBalance balance = AcceptBalance.simulate(count, count * each, DRAWS);
        row.add(Format.text("%.2f", balance.busiest()));
        row.add(Format.text("%.1f %%", 100 * balance.idle()));
      }
      rows.add(row);
    }
    return Table.of(
        0,
        "loops,1 each: busiest,idle,4 each: busiest,idle,16 each: busiest,idle"
            + ",64 each: busiest,idle,256 each: busiest,idle",
        rows);
  }

  private static Stream<ServerSpec> scaled(ServerSpec server, List<Integer> counts) {
    return server instanceof ServerSpec.LeanTea leanTea
            && !leanTea.backend().startsWith("blocking")
            && leanTea.jar().isEmpty()
        ? counts.stream().map(count -> ServerSpec.named(leanTea.backend() + ":" + count))
        : Stream.of(server);
  }
}
