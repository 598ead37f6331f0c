package dev.leantea.bench.harness.report;

import static dev.leantea.bench.harness.report.Bar.Bound.AT_LEAST;
import static dev.leantea.bench.harness.report.Bar.Bound.AT_MOST;

import dev.leantea.bench.harness.result.Cell;
import dev.leantea.bench.harness.result.IdleSample;
import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Spread;
import dev.leantea.bench.harness.result.StartSample;
import dev.leantea.bench.harness.result.Summary;
import dev.leantea.bench.harness.run.Plan;
import dev.leantea.bench.harness.server.ServerSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What LeanTea is held to, beside what a run measured. Only the bars stand here; every figure comes
 * out of the run.
 */
public final class Bars {
  private static final String NGINX = ServerSpec.Nginx.NAME;
  private static final String IO_URING = "reactor:io_uring";
  private static final int IDLE_CONNECTIONS = 10_000;

  private static final List<Bar> ALL =
      List.of(
          cpu(IO_URING, NGINX, Plan.MIDDLE_HEALTH, 0.85, 0.75),
          cpu(IO_URING, NGINX, Plan.MIDDLE_BLOCKING, 0.92, 0.80),
          cpu("reactor:nio", NGINX, Plan.MIDDLE_HEALTH, 1.05, 0.95),
          cpu(IO_URING, NGINX, Plan.MIDDLE_JSON, 0.95, 0.85),
          new Bar(
              IO_URING + ", " + Plan.PIPELINED.label() + ": req/s to nginx",
              AT_LEAST,
              6,
              10,
              Figures::times,
              results -> rate(results, Plan.PIPELINED)),
          cpu(IO_URING, NGINX, Plan.SATURATED, 0.85, 0.75),
          new Bar(
              IO_URING + ", " + Plan.SATURATED.label() + ": errors",
              AT_MOST,
              0,
              0,
              Figures::rate,
              Bars::errors),
          new Bar(
              IO_URING + ", unpinned c" + Plan.MIDDLE + ", its slowest route: req/s to nginx",
              AT_LEAST,
              1.00,
              1.25,
              Figures::times,
              Bars::slowestUnpinned),
          cpu("blocking", NGINX, Plan.MIDDLE_HEALTH, 1.6, 1.1),
          cpu("netty", ServerSpec.BareNetty.NAME, Plan.MIDDLE_HEALTH, 1.10, 1.03),
          idle("heap", 1_024, 256, IdleSample::heapBytes),
          idle("RSS", 2_500, 600, IdleSample::rssBytes),
          new Bar(
              IO_URING + ", java -jar to the first answer, with an AOT cache",
              AT_MOST,
              350,
              200,
              Figures::millis,
              Bars::start));

  private Bars() {}

  private static Bar cpu(String server, String baseline, Cell cell, double must, double aim) {
    return new Bar(
        server + ", " + cell.label() + ": CPU to " + baseline,
        AT_MOST,
        must,
        aim,
        Figures::twoDigits,
        results -> Summary.against(baseline, results, server, cell).flatMap(Summary::cpuRatio));
  }

  private static Bar idle(
      String what, double must, double aim, ToDoubleFunction<IdleSample> figure) {
    return new Bar(
        IO_URING + ", " + what + " per idle connection of 10 000",
        AT_MOST,
        must,
        aim,
        Figures::bytes,
        results ->
            spread(
                results.idle().stream()
                    .filter(sample -> sample.server().equals(IO_URING))
                    .filter(sample -> sample.connections() == IDLE_CONNECTIONS),
                figure));
  }

  private static Optional<Spread> rate(Results results, Cell cell) {
    return Summary.against(NGINX, results, IO_URING, cell).flatMap(Summary::rateRatio);
  }

  private static Optional<Spread> errors(Results results) {
    return Summary.of(results, IO_URING, Plan.SATURATED)
        .map(summary -> Spread.of(List.of((double) summary.errors())));
  }

  private static Optional<Spread> slowestUnpinned(Results results) {
    return Plan.UNPINNED.stream()
        .flatMap(cell -> rate(results, cell).stream())
        .min(Comparator.comparingDouble(Spread::median));
  }

  private static Optional<Spread> start(Results results) {
    return spread(
        results.starts().stream()
            .filter(sample -> sample.server().equals(IO_URING) && sample.aotCache()),
        StartSample::millis);
  }

  private static <T> Optional<Spread> spread(Stream<T> samples, ToDoubleFunction<T> figure) {
    List<Double> values = samples.map(figure::applyAsDouble).toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
  }

  /** Every bar beside its figure; empty when a run measured none of them. */
  static Optional<Table> table(Results results) {
    List<String> header = List.of("what", "must", "aim", "measured", "must met");
    return ALL.stream().anyMatch(bar -> bar.measured(results).isPresent())
        ? Optional.of(new Table(1, header, ALL.stream().map(bar -> row(bar, results)).toList()))
        : Optional.empty();
  }

  private static List<String> row(Bar bar, Results results) {
    Function<Function<Spread, String>, String> shown =
        text -> bar.measured(results).map(text).orElse("–");
    return List.of(
        bar.what(),
        bar.mustText(),
        bar.aimText(),
        shown.apply(bar::text),
        shown.apply(bar::verdict));
  }
}
