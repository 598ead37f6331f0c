package dev.leantea.bench.harness.track;

/**
 * One figure in the layout of github-action-benchmark, tool {@code customBiggerIsBetter}.
 *
 * @param name stays the same over time: it is what a figure is found by
 * @param value the larger the better
 * @param unit of the value
 * @param range how far the rounds were apart
 * @param extra what else to know
 */
public record Bench(String name, double value, String unit, String range, String extra) {
  /** The unit of a ratio to another server, which holds on any machine. */
  public static final String RATIO = "×";

  /** Whether the value can be compared with that of another machine. */
  boolean ratio() {
    return unit.equals(RATIO);
  }
}
