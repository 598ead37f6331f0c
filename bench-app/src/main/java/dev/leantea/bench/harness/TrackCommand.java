package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Table;
import dev.leantea.bench.harness.result.ResultFile;
import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.track.Bench;
import dev.leantea.bench.harness.track.Commit;
import dev.leantea.bench.harness.track.History;
import dev.leantea.bench.harness.track.Payload;
import dev.leantea.bench.harness.track.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench track}: a run beside the best before, as the workflow does it. */
@Command(
    name = "track",
    mixinStandardHelpOptions = true,
    description = "Compares a run with the best of earlier commits.")
final class TrackCommand implements Callable<Integer> {
  private static final double PERCENT = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "JSON",
      defaultValue = "bench-results/bench.json",
      description = "The run. Default: ${DEFAULT-VALUE}.")
  private Path file = Path.of("bench-results/bench.json");

  @Option(
      names = "--history",
      paramLabel = "FILE",
      defaultValue = "bench-data/http-bench.json",
      description = "Figures of earlier commits. Default: ${DEFAULT-VALUE}.")
  private Path historyFile = Path.of("bench-data/http-bench.json");

  @Option(
      names = "--payload",
      paramLabel = "FILE",
      description = "Write the figures for github-action-benchmark, tool customBiggerIsBetter.")
  private @Nullable Path payload;

  @Option(names = "--append", description = "Add the figures to the history, as the action does.")
  private boolean append;

  @Option(
      names = "--threshold",
      paramLabel = "PERCENT",
      defaultValue = "80",
      description = "Of the best before: less is an alert. Default: ${DEFAULT-VALUE}.")
  private double threshold = 80;

  @Option(names = "--fail-on-alert", description = "Exit with status 1 when there is an alert.")
  private boolean failOnAlert;

  @Override
  public Integer call() {
    return Outcome.of(spec, this::track);
  }

  private int track() throws BenchException {
    Results results = ResultFile.read(file);
    Commit commit = Commit.here();
    History history = History.read(historyFile);
    List<Bench> benches = Payload.of(results);
    List<Verdict> verdicts = Verdict.of(benches, history, commit.id(), threshold / PERCENT);
    if (payload != null) {
      History.writePayload(payload, benches);
    }
    if (append) {
      history.append(commit, benches, System.currentTimeMillis());
      history.write(historyFile);
    }
    print(verdicts);
    return failOnAlert && verdicts.stream().anyMatch(Verdict::alert) ? Outcome.FAILED : Outcome.OK;
  }

  private void print(List<Verdict> verdicts) {
    PrintWriter out = spec.commandLine().getOut();
    List<String> header = List.of("figure", "value", "rounds apart", "of the best before");
    out.println(new Table(1, header, verdicts.stream().map(TrackCommand::row).toList()).markdown());
    List<Verdict> alerts = verdicts.stream().filter(Verdict::alert).toList();
    alerts.forEach(alert -> out.println("- alert: " + alert.line()));
    out.println("verdict: " + verdicts.size() + " figures, " + alerts.size() + " alerts");
    out.flush();
  }

  private static List<String> row(Verdict verdict) {
    Bench bench = verdict.bench();
    return List.of(
        bench.name(),
        Verdict.number(bench.value()) + " " + bench.unit(),
        bench.range(),
        verdict.share() + (verdict.alert() ? " ⚠" : ""));
  }
}
