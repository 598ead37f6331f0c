package dev.leantea.bench.harness.result;

import java.util.Collection;

/**
 * A figure over the rounds: its median, and how far the rounds were apart.
 *
 * @param median the middle value; of an even number, the mean of the two in the middle
 * @param min the smallest
 * @param max the largest
 * @param rounds how many there were
 */
public record Spread(double median, double min, double max, int rounds) {
  /** A spread above this means that the machine was too noisy for the figure. */
  public static final double LIMIT = 0.10;

  /**
   * Of at least one value.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Spread of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("expected at least one value, got none");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
  }

  /** The distance of the extremes, as a share of the median. */
  public double relative() {
    return median == 0 ? 0 : (max - min) / median;
  }

  /** Whether the rounds were too far apart to take the median at its word. */
  public boolean noisy() {
    return relative() > LIMIT;
  }
}
