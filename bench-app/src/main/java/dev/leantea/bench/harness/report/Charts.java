package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.result.Cell;
import dev.leantea.bench.harness.result.Contender;
import dev.leantea.bench.harness.result.IdleSample;
import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Spread;
import dev.leantea.bench.harness.result.StartSample;
import dev.leantea.bench.harness.result.Summary;
import dev.leantea.bench.harness.server.ServerSpec;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The charts of a run.
 *
 * @param results of the run
 */
record Charts(Results results) {
  private static final String BREAK = " · ";

  /** CPU time per request, to the baseline's: shorter is better. */
  List<BarChart> cpu() {
    return perCell(Summary::cpuRatio, value -> String.format(Locale.ROOT, "%.2f", value), 1);
  }

  /** Requests per second: longer is better. */
  List<BarChart> rates() {
    return perCell(summary -> Optional.of(summary.perSecond()), Figures::rate, 0);
  }

  /** The bar is the median, the whisker reaches from there to the 99th percentile. */
  List<BarChart> latencies() {
    return charts(
        cell -> cell.label(),
        summary -> {
          double p50 = summary.p50Micros().median();
          double p99 = Math.max(p50, summary.p99Micros().median());
          String text = Figures.latency(p50) + BREAK + Figures.latency(p99);
          return Optional.of(
              new BarChart.Row(summary.server(), p50, p50, p99, text, kind(summary.server())));
        },
        0);
  }

  /** Memory of an idle connection. */
  List<BarChart> idle() {
    return Stream.of(
            memory("resident memory per idle connection", IdleSample::rssBytes),
            memory("live heap per idle connection", IdleSample::heapBytes))
        .filter(chart -> !chart.rows().isEmpty())
        .toList();
  }

  private BarChart memory(String title, ToDoubleFunction<IdleSample> figure) {
    List<BarChart.Row> rows =
        results.idle().stream()
            .map(IdleSample::server)
            .distinct()
            .map(server -> memoryRow(server, figure))
            .flatMap(Optional::stream)
            .toList();
    return new BarChart(title, rows, 0);
  }

  private Optional<BarChart.Row> memoryRow(String server, ToDoubleFunction<IdleSample> figure) {
    List<Double> values =
        results.idle().stream()
            .filter(sample -> sample.server().equals(server))
            .map(figure::applyAsDouble)
            .toList();
    return values.stream().anyMatch(value -> value < 0)
        ? Optional.empty()
        : Optional.of(row(server, server, Spread.of(values), Figures::bytes));
  }

  /** Time to the first answer. */
  List<BarChart> starts() {
    List<BarChart.Row> rows =
        results.starts().stream()
            .map(sample -> new StartKind(sample.server(), sample.aotCache()))
            .distinct()
            .sorted((a, b) -> Boolean.compare(a.cached(), b.cached()))
            .map(this::startRow)
            .toList();
    return rows.isEmpty()
        ? List.of()
        : List.of(new BarChart("start of the process to the first answer", rows, 0));
  }

  private record StartKind(String server, boolean cached) {}

  private BarChart.Row startRow(StartKind kind) {
    List<Double> millis =
        results.starts().stream()
            .filter(sample -> sample.server().equals(kind.server()))
            .filter(sample -> sample.aotCache() == kind.cached())
            .map(StartSample::millis)
            .toList();
    String label = kind.server() + (kind.cached() ? ", AOT" : "");
    return row(kind.server(), label, Spread.of(millis), value -> Math.round(value) + " ms");
  }

  private List<BarChart> perCell(
      Function<Summary, Optional<Spread>> figure, DoubleFunction<String> text, double reference) {
    return charts(
        Cell::label,
        summary ->
            figure
                .apply(summary)
                .map(spread -> row(summary.server(), summary.server(), spread, text)),
        reference);
  }

  private List<BarChart> charts(
      Function<Cell, String> title,
      Function<Summary, Optional<BarChart.Row>> row,
      double reference) {
    List<Summary> summaries = Summary.of(results);
    return results.cells().stream()
        .map(
            cell -> {
              List<BarChart.Row> rows =
                  summaries.stream()
                      .filter(summary -> summary.cell().equals(cell))
                      .map(row)
                      .flatMap(Optional::stream)
                      .toList();
              return new BarChart(title.apply(cell), rows, reference);
            })
        .filter(chart -> !chart.rows().isEmpty())
        .toList();
  }

  private BarChart.Row row(
      String server, String label, Spread spread, DoubleFunction<String> text) {
    String shown =
        (spread.noisy() ? "~" : "") + Objects.requireNonNull(text.apply(spread.median()));
    return new BarChart.Row(
        label, spread.median(), spread.min(), spread.max(), shown, kind(server));
  }

  // The command tells: LeanTea is what this very program started with "serve".
  private String kind(String server) {
    if (server.equals(ServerSpec.Nginx.NAME)) {
      return "nginx";
    }
    return results.servers().stream()
            .filter(contender -> contender.name().equals(server))
            .map(Contender::command)
            .anyMatch(command -> command.contains("serve"))
        ? "leantea"
        : "peer";
  }
}
