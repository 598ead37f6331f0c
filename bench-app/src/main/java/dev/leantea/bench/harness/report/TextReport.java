package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.result.Cell;
import dev.leantea.bench.harness.result.IdleSample;
import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Spread;
import dev.leantea.bench.harness.result.StartSample;
import dev.leantea.bench.harness.result.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures as tables. */
public final class TextReport {
  private TextReport() {}

  /** All tables that there are figures for, with what makes them doubtful below. */
  public static String of(Results results) {
    StringBuilder text = new StringBuilder();
    if (!results.samples().isEmpty()) {
      text.append(load(results).text());
    }
    if (!results.idle().isEmpty()) {
      text.append('\n').append(idle(results).text());
    }
    if (!results.starts().isEmpty()) {
      text.append('\n').append(starts(results).text());
    }
    BeforeAfter.table(results).ifPresent(table -> text.append('\n').append(table.text()));
    Bars.table(results).ifPresent(table -> text.append('\n').append(table.text()));
    Doubts.of(results).forEach(line -> text.append('\n').append(line));
    return text.append('\n').toString();
  }

  /** Load by load, server by server. */
  static Table load(Results results) {
    List<String> header =
        List.of(
            "load",
            "server",
            "req/s",
            "p50",
            "p99",
            "errors",
            "CPU µs/req",
            "peak RSS",
            "CPU vs " + results.baseline(),
            "req/s vs " + results.baseline());
    return new Table(2, header, Summary.of(results).stream().map(TextReport::row).toList());
  }

  /** One load, server by server. */
  static Table load(Results results, Cell cell) {
    Table all = load(results);
    return new Table(
        1,
        all.header().subList(1, all.header().size()),
        all.rows().stream()
            .filter(row -> row.getFirst().equals(cell.label()))
            .map(row -> row.subList(1, row.size()))
            .toList());
  }

  private static List<String> row(Summary summary) {
    return List.of(
        summary.cell().label(),
        summary.server(),
        Figures.rate(summary.perSecond().median()),
        Figures.latency(summary.p50Micros().median()),
        Figures.latency(summary.p99Micros().median()),
        Long.toString(summary.errors()),
        Figures.twoDigits(summary.cpuMicros().median()),
        Figures.mebibytes(summary.peakRssBytes()),
        Figures.ratio(summary.cpuRatio()),
        Figures.ratio(summary.rateRatio()));
  }

  /** What an idle connection costs. */
  static Table idle(Results results) {
    List<String> header =
        List.of(
            "server",
            "idle connections",
            "heap each",
            "RSS each",
            "active req/s",
            "active p99",
            "errors");
    List<List<String>> rows = new ArrayList<>();
    for (String server : results.idle().stream().map(IdleSample::server).distinct().toList()) {
      List<IdleSample> own =
          results.idle().stream().filter(sample -> sample.server().equals(server)).toList();
      rows.add(
          List.of(
              server,
              Integer.toString(own.getFirst().connections()),
              Figures.bytes(median(own, IdleSample::heapBytes)),
              Figures.bytes(Math.max(0, median(own, IdleSample::rssBytes))),
              Figures.rate(median(own, IdleSample::perSecond)),
              Figures.latency(median(own, IdleSample::p99Micros)),
              Long.toString(own.stream().mapToLong(IdleSample::errors).sum())));
    }
    return new Table(1, header, rows);
  }

  /** How long a start takes. */
  static Table starts(Results results) {
    List<String> header =
        List.of("server", "AOT cache", "start to first answer", "range", "starts");
    List<List<String>> rows = new ArrayList<>();
    for (String server : results.starts().stream().map(StartSample::server).distinct().toList()) {
      for (boolean cache : new boolean[] {false, true}) {
        List<StartSample> own =
            results.starts().stream()
                .filter(sample -> sample.server().equals(server) && sample.aotCache() == cache)
                .toList();
        if (!own.isEmpty()) {
          rows.add(startRow(server, cache, own));
        }
      }
    }
    return new Table(2, header, rows);
  }

  private static List<String> startRow(String server, boolean cache, List<StartSample> own) {
    Spread millis = Spread.of(own.stream().map(StartSample::millis).toList());
    return List.of(
        server,
        cache ? "yes" : "no",
        String.format(Locale.ROOT, "%.0f ms", millis.median()),
        String.format(Locale.ROOT, "%.0f–%.0f ms", millis.min(), millis.max()),
        Integer.toString(own.size()));
  }

  private static <T> double median(List<T> samples, ToDoubleFunction<T> figure) {
    return Spread.of(samples.stream().map(figure::applyAsDouble).toList()).median();
  }
}
