package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Comparison;
import dev.leantea.bench.harness.report.History;
import dev.leantea.bench.harness.report.ResultFile;
import dev.leantea.bench.harness.report.TrackedFigure;
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
@Command(name = "track", description = "Compares a run with the best of earlier commits.")
final class TrackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..1", paramLabel = "JSON", description = "Default: ${DEFAULT-VALUE}.")
  private Path file = Path.of("bench-results/bench.json");

  @Option(
      names = "--history",
      description = "Figures of earlier commits. Default: ${DEFAULT-VALUE}.")
  private Path historyFile = Path.of("bench-data/http-bench.json");

  @Option(
      names = "--payload",
      description = "Write the figures for github-action-benchmark, tool customBiggerIsBetter.")
  private @Nullable Path payload;

  @Option(names = "--append", description = "Add the figures to the history, as the action does.")
  private boolean append;

  @Option(
      names = "--threshold",
      description =
          "A ratio to the baseline below this percentage of the best before is an alert. Default:"
              + " ${DEFAULT-VALUE}.")
  private double threshold = 80;

  @Option(names = "--fail-on-alert", description = "Exit with status 1 when there is an alert.")
  private boolean failOnAlert;

  @Override
  public Integer call() {
    History.Commit commit = History.Commit.here();
    History history = History.read(historyFile);
    List<TrackedFigure> figures = TrackedFigure.of(ResultFile.read(file));
    Comparison comparison = Comparison.of(figures, history, commit.id(), threshold / 100);
    if (payload != null) {
      ResultFile.write(payload, figures);
    }
    if (append) {
      history.append(commit, figures, System.currentTimeMillis());
      history.write(historyFile);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(comparison.markdown());
    out.flush();
    return failOnAlert && !comparison.alerts().isEmpty() ? 1 : 0;
  }
}
