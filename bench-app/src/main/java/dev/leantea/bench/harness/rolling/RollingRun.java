package dev.leantea.bench.harness.rolling;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.server.TlsFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
  /** HAProxy's check needs 1 s to see that an instance is not ready; nginx has none. */
  private double readyDelay() {
    return balancer == Balancer.Kind.HAPROXY ? 2 : 0.5;
  }

  /**
   * Runs all rounds.
   *
   * @param round is given the tally of each round, after it
   * @return what the balancer logged
   * @throws BenchException when an instance or the balancer does not start, or does not end
   */
  public String run(Cleanup cleanup, Consumer<Tally> round) {
    Path folder = cleanup.temporaryFolder();
    TlsFiles tls = TlsFiles.create(folder);
    List<Instance> servers = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      Path log = folder.resolve("instance-" + i + ".log");
      servers.add(Instance.start(cleanup, log, backend, readyDelay()));
    }
    List<Integer> ports = servers.stream().map(Instance::port).toList();
    Balancer front = Balancer.start(cleanup, balancer, folder, tls, ports);
    for (int i = 0; i < rounds; i++) {
      var tally = new Tally();
      try (var _ = new Traffic(tally, tls.client(), front.port(), clients)) {
        restartAll(servers, front, tally);
      } catch (InterruptedException e) {
        throw BenchException.interrupted(e);
      }
      round.accept(tally);
    }
    return front.log();
  }

  private void restartAll(List<Instance> servers, Balancer front, Tally tally)
      throws InterruptedException {
    long each = requests / (servers.size() + 1);
    for (int i = 0; i < servers.size(); i++) {
      awaitRequests(tally, each * (i + 1));
      servers.get(i).restart();
      front.awaitAllUp(servers.size());
    }
    awaitRequests(tally, requests);
  }

  private static void awaitRequests(Tally tally, long count) {
    while (tally.requests() < count) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }
}
