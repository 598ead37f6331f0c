package dev.leantea.bench.harness.rolling;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.server.ServerProcess;
import dev.leantea.bench.harness.server.ServerSpec;
import dev.leantea.bench.harness.server.ServerStarter;
import dev.leantea.bench.harness.server.TlsFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rounds of a rolling restart, each under load.
 *
 * @param instances of the application, 2 or more
 * @param rounds in each of which every instance is restarted
 * @param requests that a round has at least
 * @param clients of each kind
 */
public record RollingRun(
    Balancer.Kind balancer, String backend, int instances, int rounds, long requests, int clients) {
  private static final int MAX_SECONDS = 60;

  /**
   * Runs all rounds.
   *
   * @param round is given the tally of each round, after it
   * @return what the balancer logged
   * @throws BenchException when an instance or the balancer does not start, or does not end
   */
  public String run(Cleanup cleanup, Consumer<Tally> round) {
    var starter = new ServerStarter(cleanup, List.of("-Xmx256m"), MAX_SECONDS);
    TlsFiles tls = TlsFiles.create(starter.newFile("tls", ""));
    List<ServerProcess> servers = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      servers.add(start(starter, ServerStarter.freePort()));
    }
    List<Integer> ports = servers.stream().map(ServerProcess::port).toList();
    Balancer front = Balancer.start(starter, balancer, tls, ports);
    for (int i = 0; i < rounds; i++) {
      var tally = new Tally();
      try (var _ = new Traffic(tally, tls.client(), front.process().port(), clients)) {
        restartAll(starter, servers, front, tally);
      } catch (InterruptedException e) {
        throw BenchException.interrupted(e);
      }
      round.accept(tally);
    }
    return front.process().output();
  }

  private ServerProcess start(ServerStarter starter, int port) {
    // HAProxy's check needs 1 s to see that an instance is not ready; nginx has none.
    String readyDelay = balancer == Balancer.Kind.HAPROXY ? "2" : "0.5";
    List<String> options = List.of("--ready-delay", readyDelay);
    var spec = new ServerSpec.LeanTea("instance", backend, Optional.empty(), options);
    return starter.start(spec, Placement.SHARED, port, starter.javaOptions());
  }

  private void restartAll(
      ServerStarter starter, List<ServerProcess> servers, Balancer front, Tally tally)
      throws InterruptedException {
    long each = requests / (servers.size() + 1);
    for (int i = 0; i < servers.size(); i++) {
      awaitRequests(tally, each * (i + 1));
      servers.set(i, restart(starter, servers.get(i)));
      front.awaitAllUp(servers.size());
    }
    awaitRequests(tally, requests);
  }

  /** As a deployment does it: SIGTERM, exit with 0, start on the same port. */
  private ServerProcess restart(ServerStarter starter, ServerProcess server) {
    int status = server.terminate(MAX_SECONDS);
    if (status != 0) {
      throw new BenchException(
          "expected exit status 0 of a drain within %d s, got %s"
              .formatted(MAX_SECONDS, status < 0 ? "none" : "" + status));
    }
    starter.cleanup().release(server);
    return start(starter, server.port());
  }

  private static void awaitRequests(Tally tally, long count) throws InterruptedException {
    while (tally.requests() < count) {
      Thread.sleep(10);
    }
  }
}
