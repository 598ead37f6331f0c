package dev.leantea.bench.harness.result;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything that a run found out; its JSON is this record.
 *
 * @param format of the JSON, {@value #FORMAT}
 * @param started in UTC, ISO 8601
 * @param seconds how long the run took
 * @param commandLine the arguments of the run
 * @param baseline the server that ratios refer to
 * @param machine where it ran
 * @param servers that took part
 * @param load how each load was made
 * @param samples raw rounds
 * @param idle raw rounds of {@code bench idle}
 * @param starts raw rounds of {@code bench start}
 * @param failures one line each; not empty when figures are missing
 * @param notes one line each: what was left out on purpose
 */
public record Results(
    int format,
    String started,
    double seconds,
    List<String> commandLine,
    String baseline,
    Machine machine,
    List<Contender> servers,
    List<LoadCommand> load,
    List<Sample> samples,
    List<IdleSample> idle,
    List<StartSample> starts,
    List<String> failures,
    List<String> notes) {
  /** The layout that this version writes. */
  public static final int FORMAT = 1;

  /** This run's figures with those of another one, such as of {@code bench idle}. */
  public Results and(Results other) {
    return new Results(
        format,
        started,
        seconds + other.seconds,
        Stream.of(commandLine, List.of("&&"), other.commandLine).flatMap(List::stream).toList(),
        baseline,
        machine,
        joined(other, Results::servers),
        joined(other, Results::load),
        joined(other, Results::samples),
        joined(other, Results::idle),
        joined(other, Results::starts),
        joined(other, Results::failures),
        joined(other, Results::notes));
  }

  private <T> List<T> joined(Results other, Function<Results, List<T>> part) {
    List<T> all = new ArrayList<>(part.apply(this));
    all.addAll(part.apply(other));
    return all;
  }

  /** The loads, in the order they were first made in. */
  public List<Cell> cells() {
    return samples.stream().map(Sample::cell).distinct().toList();
  }

  /** The servers with samples, in the order they were first measured in. */
  public List<String> names() {
    return samples.stream().map(Sample::server).distinct().toList();
  }
}
