package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.result.Cell;
import dev.leantea.bench.harness.result.Placement;
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
  private static final int SATURATION_SECONDS_MIN = 3;
  private static final int WARM_UP_SECONDS_MIN = 1;
  private static final int PIPELINE = 16;
  private static final String HEALTH = "/health";
  private static final String BLOCKING = "/health/blocking";

  /** The figures of the documentation. */
  public static Plan full() {
    return new Plan(cells(LEVELS, ROUTES), 5, 3, 20);
  }

  /** A look within a few minutes. */
  public static Plan quick() {
    return new Plan(cells(List.of(MIDDLE), List.of(HEALTH)), 3, 1, 8);
  }

  private static List<Cell> cells(List<Integer> levels, List<String> unpinnedRoutes) {
    List<Cell> cells = new ArrayList<>(product(Placement.PINNED, ROUTES, levels, 1));
    cells.add(new Cell(Placement.PINNED, BLOCKING, MIDDLE, 1));
    cells.add(new Cell(Placement.PINNED, HEALTH, SATURATION, 1));
    cells.add(new Cell(Placement.PINNED, HEALTH, MIDDLE, PIPELINE));
    cells.addAll(product(Placement.SHARED, unpinnedRoutes, List.of(MIDDLE), 1));
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

  /** Before the first round: a JVM on one core also compiles there. */
  int warmUpSeconds(Placement placement) {
    return Math.max(WARM_UP_SECONDS_MIN, warmUpSeconds / routes(placement).size());
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
