package dev.leantea.bench.harness;

import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.run.StartRun;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench start}: time to the first answer, with and without an AOT cache. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Measures the time from the start of a process to its first answer.")
final class StartCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Starts of each server. Default: ${DEFAULT-VALUE}.")
  private int rounds = 10;

  @Override
  public Integer call() {
    return Outcome.of(
        spec,
        () -> {
          Results results =
              common.measure(
                  Outcome.arguments(spec),
                  List.of(),
                  session -> new StartRun(rounds, session.lineup(), session.journal()).run());
          return Outcome.publish(spec, results, common.out, "start");
        });
  }
}
