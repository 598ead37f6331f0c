package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.LoadPlan;
import dev.leantea.bench.harness.report.Results.StartSample;
import dev.leantea.bench.harness.server.ServerSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What LeanTea has to reach, beside what a run measured. */
final class Targets {
  private static final String NGINX = ServerSpec.NGINX;
  private static final String IO_URING = "reactor:io_uring";

  /**
   * A figure that LeanTea has to reach.
   *
   * @param sign whether it has to be at most, {@code ≤}, or at least, {@code ≥}
   * @param must what it has to reach
   * @param aim what it should reach
   * @param figure finds it in a run; empty when that did not measure it
   */
  private record Target(
      String what,
      char sign,
      double must,
      double aim,
      DoubleFunction<String> format,
      Function<Results, Optional<Spread>> figure) {
    List<String> row(Results results) {
      Optional<Spread> measured = figure.apply(results);
      return List.of(
          what,
          sign + " " + format.apply(must),
          sign + " " + format.apply(aim),
          measured.map(spread -> Format.range(spread, format)).orElse(Format.NONE),
          measured.map(spread -> verdict(spread.median())).orElse(Format.NONE));
    }

    private String verdict(double value) {
      return met(value, aim) ? "met, and the aim" : met(value, must) ? "met" : "NOT met";
    }

    private boolean met(double value, double limit) {
      return sign == '≤' ? value <= limit : value >= limit;
    }
  }

  private static final List<Target> ALL =
      List.of(
          cpu(IO_URING, NGINX, LoadPlan.HEALTH, 0.85, 0.75),
          cpu(IO_URING, NGINX, LoadPlan.BLOCKING, 0.92, 0.80),
          cpu("reactor:nio", NGINX, LoadPlan.HEALTH, 1.05, 0.95),
          cpu(IO_URING, NGINX, LoadPlan.JSON, 0.95, 0.85),
          rate(LoadPlan.PIPELINED.label(), 6, 10, List.of(LoadPlan.PIPELINED)),
          cpu(IO_URING, NGINX, LoadPlan.SATURATED, 0.85, 0.75),
          errors(LoadPlan.SATURATED),
          rate("unpinned c128, its slowest route", 1, 1.25, LoadPlan.UNPINNED),
          cpu("blocking", NGINX, LoadPlan.HEALTH, 1.6, 1.1),
          cpu("netty", ServerSpec.BARE_NETTY, LoadPlan.HEALTH, 1.10, 1.03),
          idle("heap", 1_024, 256, IdleSample::heapBytes),
          idle("RSS", 2_500, 600, IdleSample::rssBytes),
          start(350, 200));

  private Targets() {}

  private static Target cpu(String server, String baseline, Load load, double must, double aim) {
    String what = server + ", " + load.label() + ": CPU to " + baseline;
    Function<Results, Optional<Spread>> figure =
        results -> Summary.of(results, baseline, server, load).flatMap(Summary::cpuRatio);
    return new Target(what, '≤', must, aim, Format::twoDigits, figure);
  }

  /** Of the load whose ratio is the smallest. */
  private static Target rate(String what, double must, double aim, List<Load> loads) {
    Function<Results, Optional<Spread>> figure =
        results ->
            loads.stream()
                .flatMap(load -> Summary.of(results, NGINX, IO_URING, load).stream())
                .flatMap(summary -> summary.rateRatio().stream())
                .min(Comparator.comparingDouble(Spread::median));
    String full = IO_URING + ", " + what + ": req/s to nginx";
    return new Target(full, '≥', must, aim, Format::times, figure);
  }

  private static Target errors(Load load) {
    Function<Results, Optional<Spread>> figure =
        results ->
            Summary.of(results, NGINX, IO_URING, load)
                .flatMap(summary -> Spread.of(List.of(summary), Summary::errors));
    String what = IO_URING + ", " + load.label() + ": errors";
    return new Target(what, '≤', 0, 0, Format::rate, figure);
  }

  private static Target idle(
      String what, double must, double aim, ToDoubleFunction<IdleSample> bytes) {
    Function<Results, Optional<Spread>> figure =
        results -> {
          Stream<IdleSample> samples = results.idle(IO_URING).stream();
          return Spread.of(samples.filter(it -> it.connections() == 10_000).toList(), bytes);
        };
    String full = IO_URING + ", " + what + " per idle connection of 10 000";
    return new Target(full, '≤', must, aim, Format::bytes, figure);
  }

  private static Target start(double must, double aim) {
    String what = IO_URING + ", java -jar to the first answer, with an AOT cache";
    Function<Results, Optional<Spread>> figure =
        results -> Spread.of(results.starts(IO_URING, true), StartSample::millis);
    return new Target(what, '≤', must, aim, Format::millis, figure);
  }

  /** Every target beside its figure; without rows when a run measured none of them. */
  static Table table(Results results) {
    boolean measured = ALL.stream().anyMatch(target -> target.figure().apply(results).isPresent());
    return Table.of(
        1,
        "what,must,aim,measured,must met",
        measured ? ALL.stream().map(target -> target.row(results)).toList() : List.of());
  }
}
