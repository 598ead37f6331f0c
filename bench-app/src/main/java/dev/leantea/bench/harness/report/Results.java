package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.report.Load.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that a run found out; its JSON is this record.
 *
 * @param format of the JSON, {@value #FORMAT}
 * @param started in UTC, ISO 8601
 * @param seconds how long the run took
 * @param commandLine the arguments of the run
 * @param baseline the server that ratios refer to
 * @param loads how each load was made
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
    List<ServerInfo> servers,
    List<LoadCommand> loads,
    List<Sample> samples,
    List<IdleSample> idle,
    List<StartSample> starts,
    List<String> failures,
    List<String> notes) {
  public static final int FORMAT = 3;

  /**
   * A server that was measured.
   *
   * @param name as in the samples
   * @param about its version, or the line it printed at its start
   * @param placement how it was started
   * @param command the exact command
   */
  public record ServerInfo(String name, String about, Placement placement, List<String> command) {}

  /**
   * How one load was made.
   *
   * @param load what was sent
   * @param command the exact command, with {@code PORT} in place of the server's port
   * @param script the Lua script that it names
   */
  public record LoadCommand(Load load, List<String> command, String script) {}

  /**
   * One start of a server.
   *
   * @param server its name
   * @param aotCache whether the JVM had an AOT cache (JEP 483, 514)
   * @param round counted from 1
   * @param millis from the start of the process to the first answered request
   */
  public record StartSample(String server, boolean aotCache, int round, double millis) {}

  /** The figures of several runs, as those of one. Its lists can be added to. */
  public static Results of(
      String started,
      double seconds,
      List<String> commandLine,
      String baseline,
      Machine machine,
      Results... runs) {
    return new Results(
        FORMAT,
        started,
        seconds,
        commandLine,
        baseline,
        machine,
        all(Results::servers, runs),
        all(Results::loads, runs),
        all(Results::samples, runs),
        all(Results::idle, runs),
        all(Results::starts, runs),
        all(Results::failures, runs),
        all(Results::notes, runs));
  }

  private static <T> List<T> all(Function<Results, List<T>> part, Results... runs) {
    return Stream.of(runs)
        .flatMap(run -> part.apply(run).stream())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  public Results after(double duration) {
    return of(started, duration, commandLine, baseline, machine, this);
  }

  /** This run's figures with those of another one, such as of {@code bench idle}. */
  public Results and(Results other) {
    List<String> both =
        Stream.of(commandLine, List.of("&&"), other.commandLine).flatMap(List::stream).toList();
    return of(started, seconds + other.seconds, both, baseline, machine, this, other);
  }

  /** The loads with samples, in the order they were first measured in. */
  public List<Load> measuredLoads() {
    return samples.stream().map(Sample::load).distinct().toList();
  }

  /** The servers with samples, in the order they were first measured in. */
  public List<String> measuredServers() {
    return samples.stream().map(Sample::server).distinct().toList();
  }

  public List<IdleSample> idle(String server) {
    return idle.stream().filter(sample -> sample.server().equals(server)).toList();
  }

  public List<StartSample> starts(String server, boolean aotCache) {
    return starts.stream()
        .filter(sample -> sample.server().equals(server) && sample.aotCache() == aotCache)
        .toList();
  }
}
