package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Agreement;
import dev.leantea.bench.harness.report.HtmlReport;
import dev.leantea.bench.harness.report.MarkdownReport;
import dev.leantea.bench.harness.report.TextReport;
import dev.leantea.bench.harness.result.ResultFile;
import dev.leantea.bench.harness.result.Results;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench report}: tables and pages from the JSON of runs. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Prints the figures of earlier runs and writes them as pages.")
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "JSON",
      description = "A run of bench, and those of bench idle and bench start that belong to it.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--against",
      paramLabel = "JSON",
      description = "Another run of bench: say whether the two agree.")
  private @Nullable Path against;

  @Option(names = "--html", paramLabel = "FILE", description = "Write the page with charts.")
  private @Nullable Path html;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Write the page of the documentation: docs/BENCHMARKS.md.")
  private @Nullable Path markdown;

  @Override
  public Integer call() {
    return Outcome.of(
        spec,
        () -> {
          Results results = joined();
          List<String> agreement =
              against == null ? List.of() : Agreement.of(results, ResultFile.read(against));
          print(results, agreement);
          write(results, agreement);
          return Outcome.OK;
        });
  }

  private Results joined() throws BenchException {
    Results results = ResultFile.read(files.getFirst());
    for (Path file : files.subList(1, files.size())) {
      results = results.and(ResultFile.read(file));
    }
    return results;
  }

  private void print(Results results, List<String> agreement) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(TextReport.of(results));
    agreement.forEach(out::println);
    out.flush();
  }

  private void write(Results results, List<String> agreement) throws BenchException {
    if (html != null) {
      ResultFile.writeText(html, HtmlReport.of(results, agreement));
    }
    if (markdown != null) {
      ResultFile.writeText(markdown, MarkdownReport.of(results, agreement));
    }
  }
}
