package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.HtmlReport;
import dev.leantea.bench.harness.report.TextReport;
import dev.leantea.bench.harness.result.ResultFile;
import dev.leantea.bench.harness.result.Results;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** How a command ends: its exit status, and the one line when it fails. */
final class Outcome {
  static final int OK = 0;
  static final int FAILED = 1;

  private Outcome() {}

  /** The work of a command. */
  interface Work {
    int run() throws BenchException;
  }

  /** The status of the work; its error is one line on stderr. */
  static int of(CommandSpec spec, Work work) {
    try {
      return work.run();
    } catch (BenchException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("bench: " + e.line());
      err.flush();
      return FAILED;
    }
  }

  /** The command line from the word {@code bench} on. */
  static List<String> arguments(CommandSpec spec) {
    CommandLine top = spec.commandLine();
    while (top.getParent() != null) {
      top = top.getParent();
    }
    List<String> words = new ArrayList<>(top.getParseResult().originalArgs());
    if (words.isEmpty() || !words.getFirst().equals("bench")) {
      words.addFirst("bench");
    }
    return words;
  }

  /** Prints the table and writes the files; a run with failures fails, but keeps its figures. */
  static int publish(CommandSpec spec, Results results, Path folder, String name)
      throws BenchException {
    PrintWriter out = spec.commandLine().getOut();
    Path json = folder.resolve(name + ".json");
    ResultFile.write(json, results);
    out.println(TextReport.of(results));
    Path html = folder.resolve(name + ".html");
    ResultFile.writeText(html, HtmlReport.of(results, List.of()));
    out.println("raw rounds: " + json + ", report: " + html);
    out.flush();
    return results.failures().isEmpty() ? OK : FAILED;
  }
}
