package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.result.Cell;
import dev.leantea.bench.harness.result.Placement;
import dev.leantea.bench.harness.server.ServerSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * How much is measured.
 *
 * @param cells the loads
 * @param rounds of each load
 * @param seconds of each round
 * @param warmUpSeconds of each server before its first round, shared out to its routes
 */
public record Plan(List<Cell> cells, int rounds, int seconds, int warmUpSeconds) {
  /** Every route at every level. */
  public static final List<String> ROUTES = List.of("/health", "/json", "/echo?msg=hi");

  /** Connections from light to heavy. */
  public static final List<Integer> LEVELS = List.of(8, 128, 512);

  /** The level at which single figures are taken. */
  public static final int MIDDLE = 128;

  private static final int SATURATION = 2_000;
  private static final int SATURATION_SECONDS_MIN = 2;
  private static final int WARM_UP_SECONDS_MIN = 1;
  private static final int PIPELINE = 16;
  private static final String HEALTH = "/health";

  /** A handler declared {@code nonBlocking}. */
  public static final Cell MIDDLE_HEALTH = new Cell(Placement.PINNED, HEALTH, MIDDLE, 1);

  /** The same answer from a handler that may block: on a virtual thread. */
  public static final Cell MIDDLE_BLOCKING =
      new Cell(Placement.PINNED, "/health/blocking", MIDDLE, 1);

  /** An answer that is made anew each time. */
  public static final Cell MIDDLE_JSON = new Cell(Placement.PINNED, "/json", MIDDLE, 1);

  /** More connections than a server comes round to at a time. */
  public static final Cell SATURATED = new Cell(Placement.PINNED, HEALTH, SATURATION, 1);

  /** Requests that do not wait for each other's answers. */
  public static final Cell PIPELINED = new Cell(Placement.PINNED, HEALTH, MIDDLE, PIPELINE);

  /** Server and wrk share all cores. */
  public static final List<Cell> UNPINNED = product(Placement.SHARED, ROUTES, List.of(MIDDLE), 1);

  /** The figures of the documentation. */
  public static Plan full() {
    return new Plan(cells(LEVELS, UNPINNED), 5, 2, 16);
  }

  /** A look within a few minutes. */
  public static Plan quick() {
    return new Plan(cells(List.of(MIDDLE), UNPINNED.subList(0, 1)), 3, 1, 6);
  }

  /** This one with the loads alone that a bar is set for. */
  public Plan bars() {
    List<Cell> loads = new ArrayList<>(List.of(MIDDLE_HEALTH, MIDDLE_JSON));
    loads.addAll(List.of(MIDDLE_BLOCKING, SATURATED, PIPELINED));
    loads.addAll(UNPINNED);
    return new Plan(List.copyOf(loads), rounds, seconds, warmUpSeconds);
  }

  private static List<Cell> cells(List<Integer> levels, List<Cell> unpinned) {
    List<Cell> cells = new ArrayList<>(product(Placement.PINNED, ROUTES, levels, 1));
    cells.addAll(List.of(MIDDLE_BLOCKING, SATURATED, PIPELINED));
    cells.addAll(unpinned);
    return List.copyOf(cells);
  }

  /** Every route at every level, with one placement and pipelining. */
  public static List<Cell> product(
      Placement placement, List<String> routes, List<Integer> levels, int pipeline) {
    return routes.stream()
        .flatMap(route -> levels.stream().map(level -> new Cell(placement, route, level, pipeline)))
        .toList();
  }

  /** Of a round of this load: many connections take a while to be opened. */
  int seconds(Cell cell) {
    return cell.connections() < SATURATION ? seconds : Math.max(seconds, SATURATION_SECONDS_MIN);
  }

  /**
   * Of each route before the first round: a JVM on one core also compiles there.
   *
   * @param routes of a server, which share its time
   */
  int warmUpSeconds(long routes) {
    return Math.max(WARM_UP_SECONDS_MIN, warmUpSeconds / (int) Math.max(1, routes));
  }

  /** How many figures there will be. */
  int steps(List<ServerSpec> servers) {
    return servers.stream().mapToInt(server -> steps(server, cells)).sum();
  }

  /** How many figures of one server. */
  int steps(ServerSpec server, List<Cell> loads) {
    return rounds * (int) loads.stream().filter(cell -> server.has(cell.route())).count();
  }

  /**
   * How long it will take, in seconds: near enough to decide whether to wait.
   *
   * @param callSeconds what a call of wrk takes beyond the seconds that it sends
   */
  long estimateSeconds(List<ServerSpec> servers, double callSeconds) {
    double total = 0;
    for (ServerSpec server : servers) {
      for (Cell cell : cells) {
        total += steps(server, List.of(cell)) * (seconds(cell) + callSeconds);
      }
      for (Placement placement : Placement.values()) {
        long routes = routes(placement).stream().filter(server::has).count();
        total += routes * (warmUpSeconds(routes) + callSeconds);
      }
    }
    return Math.round(total);
  }

  /** The loads of one placement. */
  public List<Cell> cells(Placement placement) {
    return cells.stream().filter(cell -> cell.placement() == placement).toList();
  }

  /** What a server of that placement must answer. */
  public List<String> routes(Placement placement) {
    return cells(placement).stream().map(Cell::route).distinct().toList();
  }
}
