package dev.leantea.bench.harness;

import dev.leantea.bench.harness.result.Cell;
import dev.leantea.bench.harness.result.Placement;
import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.run.Plan;
import dev.leantea.bench.harness.run.Tournament;
import dev.leantea.bench.harness.server.ServerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench}: every server under every load, side by side. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures LeanTea's backends, nginx and peers side by side with wrk.",
    subcommands = {IdleCommand.class, StartCommand.class, ReportCommand.class, TrackCommand.class})
public final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--quick", description = "Under 5 minutes, instead of about 20.")
  private boolean quick;

  @Option(
      names = "--bars",
      description = "Only the loads that a bar is set for: see the table of bars in the report.")
  private boolean bars;

  @Option(names = "--rounds", paramLabel = "N", description = "Of every load. Default: 5, quick 3.")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Of every round. Default: 2, quick 1.")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Of each server, before its first round. Default: 16, quick 6.")
  private int warmUp;

  @Option(
      names = "--routes",
      split = ",",
      paramLabel = "PATH",
      description = "Measure these routes only, at --connections, --pipeline and --placement.")
  private List<String> routes = new ArrayList<>();

  @Option(
      names = "--connections",
      split = ",",
      paramLabel = "N",
      description = "Measure these levels only. Default with --routes: 128.")
  private List<Integer> connections = new ArrayList<>();

  @Option(
      names = "--pipeline",
      paramLabel = "N",
      defaultValue = "1",
      description = "With --routes or --connections: requests sent at a time.")
  private int pipeline = 1;

  @Option(
      names = "--placement",
      paramLabel = "pinned|shared",
      defaultValue = "PINNED",
      description = "With --routes or --connections: server on one core, or both on all.")
  private Placement placement = Placement.PINNED;

  @Override
  public Integer call() {
    return Outcome.of(
        spec,
        () -> {
          Plan plan = plan();
          Results results =
              common.measure(
                  Outcome.arguments(spec),
                  List.of(ServerSpec.BareNetty.NAME),
                  session ->
                      new Tournament(
                              plan,
                              session.lineup(),
                              common.wrk(session),
                              session.cores(),
                              session.journal(),
                              session.cleanup())
                          .play());
          return Outcome.publish(spec, results, common.out, "bench");
        });
  }

  private Plan plan() {
    Plan length = quick ? Plan.quick() : Plan.full();
    Plan plan = bars ? length.bars() : length;
    return new Plan(
        chosen(plan),
        rounds > 0 ? rounds : plan.rounds(),
        seconds > 0 ? seconds : plan.seconds(),
        warmUp > 0 ? warmUp : plan.warmUpSeconds());
  }

  private List<Cell> chosen(Plan plan) {
    if (routes.isEmpty() && connections.isEmpty()) {
      return plan.cells();
    }
    return Plan.product(
        placement,
        routes.isEmpty() ? Plan.ROUTES : routes,
        connections.isEmpty() ? List.of(Plan.MIDDLE) : connections,
        pipeline);
  }
}
