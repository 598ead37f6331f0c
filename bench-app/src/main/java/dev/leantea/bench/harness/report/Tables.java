package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.result.IdleSample;
import dev.leantea.bench.harness.result.Load;
import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Sample;
import dev.leantea.bench.harness.result.Spread;
import dev.leantea.bench.harness.result.StartSample;
import dev.leantea.bench.harness.result.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The tables of a run. */
final class Tables {
  private static final List<String> IDLE_HEADER =
      List.of(
          "server",
          "idle connections",
          "heap each",
          "RSS each",
          "active req/s",
          "active p99",
          "errors");
  private static final List<String> START_HEADER =
      List.of("server", "AOT cache", "start to first answer", "range", "starts");

  private Tables() {}

  /** All figures, load by load, server by server. */
  static Table loads(Results results) {
    List<String> header = Stream.concat(Stream.of("load"), header(results)).toList();
    return new Table(
        2,
        header,
        Summary.of(results).stream()
            .map(it -> Stream.concat(Stream.of(it.load().label()), row(it)).toList())
            .toList());
  }

  /** All figures of one load, server by server. */
  static Table load(Results results, Load load) {
    return new Table(
        1,
        header(results).toList(),
        Summary.of(results, load).stream().map(summary -> row(summary).toList()).toList());
  }

  private static Stream<String> header(Results results) {
    String base = " vs " + results.baseline();
    return Stream.of(
        ("server,req/s,p50,p99,errors,CPU µs/req,peak RSS,CPU" + base + ",req/s" + base)
            .split(",", -1));
  }

  private static Stream<String> row(Summary summary) {
    return Stream.of(
        summary.server(),
        Format.rate(summary.spread(Sample::perSecond).median()),
        Format.latency(summary.spread(Sample::p50Micros).median()),
        Format.latency(summary.spread(Sample::p99Micros).median()),
        Long.toString(summary.errors()),
        Format.twoDigits(summary.spread(Sample::cpuMicros).median()),
        Format.mebibytes((double) summary.peakRssBytes()),
        Format.ratio(summary.cpuRatio()),
        Format.ratio(summary.rateRatio()));
  }

  /** One ratio to the baseline, of all servers under all loads. */
  static Table ratios(Results results, Function<Summary, Optional<Spread>> ratio) {
    List<String> servers = results.measuredServers();
    List<List<String>> rows = new ArrayList<>();
    for (Load load : results.measuredLoads()) {
      List<String> row = new ArrayList<>(List.of(load.label()));
      for (String server : servers) {
        row.add(
            Summary.of(results, results.baseline(), server, load)
                .flatMap(ratio)
                .map(spread -> Format.median(spread, Format::twoDigits))
                .orElse(Format.NONE));
      }
      rows.add(row);
    }
    return new Table(1, Stream.concat(Stream.of("load"), servers.stream()).toList(), rows);
  }

  /** What an idle connection costs. */
  static Table idle(Results results) {
    List<String> servers = results.idle().stream().map(IdleSample::server).distinct().toList();
    return new Table(
        1, IDLE_HEADER, servers.stream().map(it -> idleRow(it, results.idle(it))).toList());
  }

  private static List<String> idleRow(String server, List<IdleSample> own) {
    return List.of(
        server,
        Integer.toString(own.getFirst().connections()),
        Format.bytes(median(own, IdleSample::heapBytes)),
        Format.bytes(Math.max(0, median(own, IdleSample::rssBytes))),
        Format.rate(median(own, sample -> sample.figures().perSecond())),
        Format.latency(median(own, sample -> sample.figures().p99Micros())),
        Long.toString(own.stream().mapToLong(IdleSample::errors).sum()));
  }

  private static <T> double median(List<T> samples, ToDoubleFunction<T> figure) {
    return Spread.of(samples, figure).orElseThrow().median();
  }

  /** How long a start takes. */
  static Table starts(Results results) {
    List<List<String>> rows = new ArrayList<>();
    for (String server : results.starts().stream().map(StartSample::server).distinct().toList()) {
      for (boolean cached : new boolean[] {false, true}) {
        Spread.of(results.starts(server, cached), StartSample::millis)
            .ifPresent(millis -> rows.add(startRow(server, cached, millis)));
      }
    }
    return new Table(2, START_HEADER, rows);
  }

  private static List<String> startRow(String server, boolean cached, Spread millis) {
    return List.of(
        server,
        cached ? "yes" : "no",
        Format.millis(millis.median()),
        "%.0f–%.0f ms".formatted(millis.min(), millis.max()),
        Integer.toString(millis.rounds()));
  }
}
