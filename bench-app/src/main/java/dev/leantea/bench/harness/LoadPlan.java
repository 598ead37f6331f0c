package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.report.Load.Transport;
import dev.leantea.bench.harness.server.ServerSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which loads are measured, how often and how long.
 *
 * @param loads what is sent
 * @param rounds of each load
 * @param seconds of each round
 * @param warmUpSeconds of each server before its first round, divided among its routes
 */
public record LoadPlan(List<Load> loads, int rounds, int seconds, int warmUpSeconds) {
  /** The routes that are measured at every number of connections. */
  static final List<String> ROUTES = List.of("/health", "/json", "/echo?msg=hi");

  /** The number of connections at which single figures are taken. */
  static final int CONNECTIONS = 128;

  private static final int SATURATION = 2_000;
  private static final int SATURATION_SECONDS_MIN = 2;

  /** What a call of wrk takes beyond the seconds that it sends, roughly. */
  private static final double CALL_SECONDS = 0.3;

  /** A handler declared {@code nonBlocking}. */
  public static final Load HEALTH = pinned("/health", CONNECTIONS, 1);

  /** The same answer from a handler that may block: on a virtual thread. */
  public static final Load BLOCKING = pinned("/health/blocking", CONNECTIONS, 1);

  /** An answer that is made anew each time. */
  public static final Load JSON = pinned("/json", CONNECTIONS, 1);

  /** More connections than a server gets to at a time. */
  public static final Load SATURATED = pinned("/health", SATURATION, 1);

  /** Requests that do not wait for each other's answers. */
  public static final Load PIPELINED = pinned("/health", CONNECTIONS, 16);

  /** Server and wrk share all cores. */
  public static final List<Load> UNPINNED =
      product(Placement.SHARED, ROUTES, List.of(CONNECTIONS), 1);

  /** The loads that a target is set for. */
  static final List<Load> TARGETS =
      join(Stream.of(List.of(HEALTH, JSON, BLOCKING, SATURATED, PIPELINED), UNPINNED));

  /** Over HTTP/2 the requests that are sent at a time are streams of one connection. */
  static final List<Load> HTTP2 =
      List.of(
          pinned("/health", 8, 32),
          pinned("/health/blocking", 8, 32),
          pinned("/health", 64, 1),
          pinned("/download/1048576", 1, 100));

  static LoadPlan full() {
    return new LoadPlan(loads(List.of(8, CONNECTIONS, 512), UNPINNED), 5, 2, 16);
  }

  static LoadPlan quick() {
    return new LoadPlan(loads(List.of(CONNECTIONS), UNPINNED.subList(0, 1)), 3, 1, 6);
  }

  private static List<Load> loads(List<Integer> connections, List<Load> unpinned) {
    List<Load> pinned = product(Placement.PINNED, ROUTES, connections, 1);
    return join(Stream.of(pinned, List.of(BLOCKING, SATURATED, PIPELINED), unpinned));
  }

  private static List<Load> join(Stream<List<Load>> loads) {
    return loads.flatMap(List::stream).toList();
  }

  private static Load pinned(String route, int connections, int pipeline) {
    return new Load(Placement.PINNED, route, connections, pipeline);
  }

  static List<Load> product(
      Placement placement, List<String> routes, List<Integer> connections, int pipeline) {
    return routes.stream()
        .flatMap(route -> connections.stream().map(it -> new Load(placement, route, it, pipeline)))
        .toList();
  }

  /** Of a round of this load: many connections take a while to be opened. */
  int seconds(Load load) {
    return load.connections() < SATURATION ? seconds : Math.max(seconds, SATURATION_SECONDS_MIN);
  }

  /**
   * Of each route before the first round: a JVM on one core also compiles there.
   *
   * @param routes of a server, which share its time
   */
  int warmUpSeconds(long routes) {
    return Math.max(1, warmUpSeconds / (int) Math.max(1, routes));
  }

  /** How many figures are taken of a server. */
  int steps(ServerSpec server, List<Load> some) {
    return rounds * (int) some.stream().filter(load -> server.has(load.route())).count();
  }

  int steps(List<ServerSpec> servers) {
    return servers.stream().mapToInt(server -> steps(server, loads)).sum();
  }

  /** How long it will take, in seconds, roughly. */
  long estimateSeconds(List<ServerSpec> servers) {
    long placements = loads.stream().map(Load::placement).distinct().count();
    double measured = steps(servers) * (seconds + CALL_SECONDS);
    return Math.round(measured + placements * servers.size() * warmUpSeconds);
  }

  List<Load> loads(Placement placement) {
    return loads.stream().filter(load -> load.placement() == placement).toList();
  }

  /** What is sent before the first round: each route over each transport. */
  List<Load> warmUps(Placement placement) {
    return loads(placement).stream().map(LoadPlan::warmUp).distinct().toList();
  }

  /** Handshakes of many connections would take the time of the requests. */
  private static Load warmUp(Load load) {
    return load.transport() == Transport.TCP
        ? new Load(load.placement(), load.route(), CONNECTIONS, 1)
        : load;
  }
}
