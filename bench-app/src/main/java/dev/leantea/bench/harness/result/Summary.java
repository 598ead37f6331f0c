package dev.leantea.bench.harness.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One server under one load, over all rounds.
 *
 * @param server its name
 * @param cell the load
 * @param perSecond requests answered per second
 * @param p50Micros latency
 * @param p99Micros latency
 * @param cpuMicros CPU time per request
 * @param peakRssBytes the largest of the rounds
 * @param errors the sum of the rounds
 * @param cpuRatio CPU time per request to the baseline's in the same round; empty without one
 * @param rateRatio requests per second to the baseline's in the same round; empty without one
 * @param p99Ratio latency to the baseline's in the same round; empty without one
 */
public record Summary(
    String server,
    Cell cell,
    Spread perSecond,
    Spread p50Micros,
    Spread p99Micros,
    Spread cpuMicros,
    long peakRssBytes,
    long errors,
    Optional<Spread> cpuRatio,
    Optional<Spread> rateRatio,
    Optional<Spread> p99Ratio) {

  /** Every server under every load that it has samples of, load by load. */
  public static List<Summary> of(Results results) {
    return results.cells().stream()
        .flatMap(
            cell -> results.names().stream().flatMap(server -> of(results, server, cell).stream()))
        .toList();
  }

  /** One server under one load; empty when it has no sample. */
  public static Optional<Summary> of(Results results, String server, Cell cell) {
    return against(results.baseline(), results, server, cell);
  }

  /** The same with another baseline. */
  public static Optional<Summary> against(
      String baseline, Results results, String server, Cell cell) {
    List<Sample> own = samples(results, server, cell);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    List<Sample> base = samples(results, baseline, cell);
    return Optional.of(
        new Summary(
            server,
            cell,
            spread(own, Sample::perSecond),
            spread(own, Sample::p50Micros),
            spread(own, Sample::p99Micros),
            spread(own, Sample::cpuMicros),
            own.stream().mapToLong(Sample::peakRssBytes).max().orElse(0),
            own.stream().mapToLong(sample -> sample.errors().total()).sum(),
            ratio(own, base, Sample::cpuMicros),
            ratio(own, base, Sample::perSecond),
            ratio(own, base, Sample::p99Micros)));
  }

  private static List<Sample> samples(Results results, String server, Cell cell) {
    return results.samples().stream()
        .filter(sample -> sample.server().equals(server) && sample.cell().equals(cell))
        .toList();
  }

  private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    return Spread.of(samples.stream().map(figure::applyAsDouble).toList());
  }

  /** Round by round: what disturbs the machine for a while disturbs both sides of a ratio. */
  private static Optional<Spread> ratio(
      List<Sample> own, List<Sample> base, ToDoubleFunction<Sample> figure) {
    List<Double> ratios = new ArrayList<>();
    for (Sample sample : own) {
      base.stream()
          .filter(other -> other.round() == sample.round() && figure.applyAsDouble(other) > 0)
          .findFirst()
          .ifPresent(
              other -> ratios.add(figure.applyAsDouble(sample) / figure.applyAsDouble(other)));
    }
    return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
  }
}
