package dev.leantea.bench.harness.report;

import java.util.Collection;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A figure over the rounds.
 *
 * @param median the middle value; of an even number, the mean of the two in the middle
 * @param min the smallest
 * @param max the largest
 * @param rounds how many there were
 */
public record Spread(double median, double min, double max, int rounds) {
  /** Above this share of the median, the machine was too noisy for the figure. */
  public static final double NOISE_LIMIT = 0.10;

  /** Of a figure of some samples; empty when there are none. */
  public static <T> Optional<Spread> of(Collection<T> samples, ToDoubleFunction<T> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length == 0
        ? Optional.empty()
        : Optional.of(
            new Spread(
                (sorted[middle] + sorted[(sorted.length - 1) / 2]) / 2,
                sorted[0],
                sorted[sorted.length - 1],
                sorted.length));
  }

  /** How far the smallest and the largest round are apart. */
  public double width() {
    return max - min;
  }

  public double relative() {
    return median == 0 ? 0 : width() / median;
  }

  public boolean noisy() {
    return relative() > NOISE_LIMIT;
  }
}
