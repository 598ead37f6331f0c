package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.report.Results.StartSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The tables of a run. */
final class Tables {
  private Tables() {}

  /** All figures, load by load, server by server. */
  static Table loads(Results results) {
    return Table.of(
        2,
        "load," + header(results),
        Summary.of(results).stream()
            .map(it -> Stream.concat(Stream.of(it.load().label()), row(it)).toList())
            .toList());
  }

  static Table load(Results results, Load load) {
    return Table.of(
        1,
        header(results),
        Summary.of(results, load).stream().map(summary -> row(summary).toList()).toList());
  }

  private static String header(Results results) {
    String baseline = results.baseline();
    return "server,req/s,p50,p99,errors,CPU µs/req,peak RSS,CPU vs %1$s,req/s vs %1$s"
        .formatted(baseline);
  }

  private static Stream<String> row(Summary summary) {
    return Stream.of(
        summary.server(),
        Format.rate(summary.median(Sample::perSecond)),
        Format.latency(summary.median(Sample::p50Micros)),
        Format.latency(summary.median(Sample::p99Micros)),
        Long.toString(summary.errors()),
        Format.twoDigits(summary.median(Sample::cpuMicros)),
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
    return Table.of(1, "load," + String.join(",", servers), rows);
  }

  static Table idle(Results results) {
    List<String> servers = results.idle().stream().map(IdleSample::server).distinct().toList();
    return Table.of(
        1,
        "server,idle connections,heap each,RSS each,active req/s,active p99,errors",
        servers.stream().map(it -> idleRow(it, results.idle(it))).toList());
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

  static Table starts(Results results) {
    List<List<String>> rows = new ArrayList<>();
    for (String server : results.starts().stream().map(StartSample::server).distinct().toList()) {
      for (boolean cached : new boolean[] {false, true}) {
        Spread.of(results.starts(server, cached), StartSample::millis)
            .ifPresent(millis -> rows.add(startRow(server, cached, millis)));
      }
    }
    return Table.of(2, "server,AOT cache,start to first answer,range,starts", rows);
  }

  private static List<String> startRow(String server, boolean cached, Spread millis) {
    return List.of(
        server,
        cached ? "yes" : "no",
        Format.millis(millis.median()),
        Format.text("%.0f–%.0f ms", millis.min(), millis.max()),
        Integer.toString(millis.rounds()));
  }
}
