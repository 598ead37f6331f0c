package dev.leantea.bench.harness;

import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.run.IdleRun;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench idle}: memory per idle connection, and latency of active ones meanwhile. */
@Command(
    name = "idle",
    mixinStandardHelpOptions = true,
    description = "Measures what idle keep-alive connections cost.")
final class IdleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Idle ones. Default: ${DEFAULT-VALUE}.")
  private int connections = 10_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Of the active load. Default: ${DEFAULT-VALUE}.")
  private int seconds = 3;

  @Override
  public Integer call() {
    return Outcome.of(
        spec,
        () -> {
          Results results = common.measure(Outcome.arguments(spec), List.of(), this::run);
          return Outcome.publish(spec, results, common.out, "idle");
        });
  }

  private void run(CommonOptions.Session session) throws BenchException {
    new IdleRun(
            connections,
            rounds,
            seconds,
            session.lineup(),
            common.wrk(session),
            session.cores(),
            session.journal(),
            session.cleanup())
        .run();
  }
}
