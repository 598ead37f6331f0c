package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.server.PostgresCluster;
import dev.leantea.bench.harness.server.ServerSpec;
import dev.leantea.bench.harness.server.ServerStarter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench db}: handlers that wait for PostgreSQL, or for another server. */
@Command(
    name = "db",
    showDefaultValues = true,
    description = {
      "Measures handlers that wait for a database or another server, on a PostgreSQL of its own.",
      "A --peer finds in its environment DATABASE_URL (JDBC), DATABASE_PORT (database hello_world,"
          + " user benchmarkdbuser, password benchmarkdbpass), UPSTREAM_URL, UPSTREAM_PORT and POOL."
          + " What its answers have to be is checked first; routes that it lacks are left out.",
      "nginx takes part in /upstream alone, with proxy_pass."
    })
final class DatabaseCommand implements Callable<Integer> {
  private static final String BASELINE = "reactor:io_uring";
  private static final String ANSWER_OF_UPSTREAM = "ok";

  @Mixin private LoadOptions run = new LoadOptions(20);

  @Option(names = "--routes", split = ",", description = "Measure these routes only.")
  private List<String> routes =
      List.of("/db", "/queries?n=20", "/fortunes", "/updates?n=20", "/upstream");

  @Option(names = "--connections", split = ",", description = "Measure with so many connections.")
  private List<Integer> connections = List.of(64);

  @Option(names = "--pool", description = "Connections to the database, of each server.")
  private int pool = 16;

  @Override
  public Integer call() {
    List<Load> loads = LoadPlan.product(Placement.PINNED, routes, connections, 1);
    return run.measure("db", BASELINE, servers -> measure(loads, servers));
  }

  private void measure(List<Load> loads, Servers servers) {
    ServerStarter starter = servers.starter();
    String cores = starter.cores().wrkSet(Placement.PINNED);
    PostgresCluster database = PostgresCluster.start(starter.cleanup(), cores);
    database.fill();
    int upstream = starter.startUpstream().port();
    Servers connected = servers.replaced(it -> Stream.of(connected(it, database, upstream)));
    var check = new DatabaseCheck(database.url(), ANSWER_OF_UPSTREAM);
    run.run(loads, connected).run(check);
  }

  private ServerSpec connected(ServerSpec server, PostgresCluster database, int upstream) {
    String upstreamUrl = "http://127.0.0.1:" + upstream + "/";
    return switch (server) {
      case ServerSpec.LeanTea leanTea ->
          leanTea.with(
              List.of(
                  "--database",
                  database.url(),
                  "--database-pool",
                  Integer.toString(pool),
                  "--upstream",
                  upstreamUrl));
      case ServerSpec.Nginx nginx -> new ServerSpec.Nginx(nginx.name(), upstream, 0);
      case ServerSpec.Peer peer ->
          peer.exporting(
              "DATABASE_URL='%s' DATABASE_PORT=%d UPSTREAM_URL=%s UPSTREAM_PORT=%d POOL=%d"
                  .formatted(database.url(), database.port(), upstreamUrl, upstream, pool),
              routes.getFirst());
      case ServerSpec.BareNetty other -> other;
    };
  }
}
