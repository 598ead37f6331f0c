package dev.leantea.bench.harness.report;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One server under one load, over all rounds.
 *
 * @param samples of the server; at least one
 * @param baseline samples of the server that ratios refer to; may be empty
 */
public record Summary(String server, Load load, List<Sample> samples, List<Sample> baseline) {
  /** Every server under every load that it has samples of, load by load. */
  public static List<Summary> of(Results results) {
    return results.measuredLoads().stream().flatMap(load -> of(results, load).stream()).toList();
  }

  public static List<Summary> of(Results results, Load load) {
    return results.measuredServers().stream()
        .flatMap(server -> of(results, results.baseline(), server, load).stream())
        .toList();
  }

  /** One server under one load, with ratios to another; empty when it has no sample. */
  public static Optional<Summary> of(Results results, String baseline, String server, Load load) {
    List<Sample> own = samples(results, server, load);
    return own.isEmpty()
        ? Optional.empty()
        : Optional.of(new Summary(server, load, own, samples(results, baseline, load)));
  }

  private static List<Sample> samples(Results results, String server, Load load) {
    return results.samples().stream()
        .filter(sample -> sample.server().equals(server) && sample.load().equals(load))
        .toList();
  }

  public double median(ToDoubleFunction<Sample> figure) {
    return spread(figure).median();
  }

  public Spread spread(ToDoubleFunction<Sample> figure) {
    return Spread.of(samples, figure).orElseThrow();
  }

  public long peakRssBytes() {
    return samples.stream().mapToLong(Sample::peakRssBytes).max().orElse(0);
  }

  public long errors() {
    return samples.stream().mapToLong(sample -> sample.figures().errors().total()).sum();
  }

  public Optional<Spread> cpuRatio() {
    return ratio(Sample::cpuMicros);
  }

  public Optional<Spread> rateRatio() {
    return ratio(Sample::perSecond);
  }

  /**
   * A figure to the baseline's in the same round; empty without a baseline. What disturbs the
   * machine for a while disturbs both sides of a ratio.
   */
  public Optional<Spread> ratio(ToDoubleFunction<Sample> figure) {
    List<Double> ratios =
        samples.stream()
            .flatMap(
                own ->
                    baseline.stream()
                        .filter(it -> it.round() == own.round() && figure.applyAsDouble(it) > 0)
                        .limit(1)
                        .map(it -> figure.applyAsDouble(own) / figure.applyAsDouble(it)))
            .toList();
    return Spread.of(ratios, Double::doubleValue);
  }
}
