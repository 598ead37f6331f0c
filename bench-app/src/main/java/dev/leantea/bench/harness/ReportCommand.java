package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Report;
import dev.leantea.bench.harness.report.Reproducibility;
import dev.leantea.bench.harness.report.ResultFile;
import dev.leantea.bench.harness.report.Results;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench report}: tables and pages from the JSON of runs. */
@Command(
    name = "report",
    description = "Prints the figures of earlier runs and writes them as pages.")
final class ReportCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "JSON",
      description = "A run of bench, and those of bench idle and bench start that belong to it.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--against", description = "JSON of another run: say whether the two agree.")
  private @Nullable Path against;

  @Option(names = "--database", description = "JSON of a run of bench db: a part of the Markdown.")
  private @Nullable Path database;

  @Option(names = "--html", description = "Write the page for a browser.")
  private @Nullable Path html;

  @Option(names = "--markdown", description = "Write the documentation's docs/BENCHMARKS.md.")
  private @Nullable Path markdown;

  @Override
  public void run() {
    Results results = files.stream().map(ResultFile::read).reduce(Results::and).orElseThrow();
    Report report =
        new Report(
            results,
            against == null ? List.of() : Reproducibility.of(results, ResultFile.read(against)));
    if (html != null) {
      ResultFile.writeText(html, report.html());
    }
    if (markdown != null) {
      ResultFile.writeText(markdown, report.markdown() + databaseMarkdown());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(report.text());
    out.flush();
  }

  private String databaseMarkdown() {
    return database == null
        ? ""
        : new Report(ResultFile.read(database), List.of()).databaseMarkdown();
  }
}
