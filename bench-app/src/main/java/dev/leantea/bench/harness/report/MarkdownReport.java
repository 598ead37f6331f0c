package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.result.Cell;
import dev.leantea.bench.harness.result.Contender;
import dev.leantea.bench.harness.result.LoadCommand;
import dev.leantea.bench.harness.result.Results;
import java.util.List;

/** The figures as a page of the documentation. */
public final class MarkdownReport {
  private static final String INTRODUCTION =
      """
      # Benchmarks

      <!-- Written by `bench report --markdown`: edit dev.leantea.bench.harness.report, not this. -->

      LeanTea's backends beside nginx on one machine in one run: servers take turns, rounds are
      interleaved, every ratio is taken within a round. The figures are as they came.

      To take them yourself:

      ```
      java -jar bench-app/target/bench-app.jar bench
      java -jar bench-app/target/bench-app.jar bench idle
      java -jar bench-app/target/bench-app.jar bench start
      java -jar bench-app/target/bench-app.jar bench report bench-results/bench.json \\
          bench-results/idle.json bench-results/start.json --markdown docs/BENCHMARKS.md
      ```

      A run takes about 20 minutes and says so at its start; `--quick` stays under 5, `--bars` measures
      the loads of the table of bars alone, `--servers all` adds the engines that are left out, `--help`
      lists the rest. It needs Linux, nginx and wrk; one that is not on `PATH` runs in a container, where
      a Docker engine answers. `bench-app.jar` is made by `mvn -DskipTests -pl bench-app -am package`.
      """;

  private static final String BARS =
      """
      What LeanTea is held to, and what this run measured: the median, with the smallest and the
      largest round. `bench --bars` runs the loads of this table alone; idle connections and starts
      are of `bench idle` and `bench start`. How the parser compares with Netty's is in
      [MICROBENCHMARKS.md](MICROBENCHMARKS.md).

      """;

  private MarkdownReport() {}

  /**
   * The page.
   *
   * @param agreement what {@link Agreement} says; empty without another run
   */
  public static String of(Results results, List<String> agreement) {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    text.append(section("Circumstances", list(Explanation.circumstances(results))));
    text.append(section("How to read the figures", list(Explanation.reading(results))));
    text.append(optional("Doubts", list(Doubts.of(results))));
    text.append(optional("Agreement of two runs", list(agreement)));
    text.append(
        BeforeAfter.table(results)
            .map(table -> section("Before and after", table.markdown()))
            .orElse(""));
    text.append(
        Bars.table(results).map(table -> section("Bars", BARS + table.markdown())).orElse(""));
    text.append(load(results));
    if (!results.idle().isEmpty()) {
      text.append(section("Idle connections", TextReport.idle(results).markdown()));
    }
    if (!results.starts().isEmpty()) {
      text.append(section("Start", TextReport.starts(results).markdown()));
    }
    return text.append(section("Exact commands", commands(results))).toString();
  }

  private static String load(Results results) {
    if (results.samples().isEmpty()) {
      return "";
    }
    String baseline = results.baseline();
    StringBuilder text = new StringBuilder();
    text.append(
        section("CPU time per request, relative to " + baseline, Matrix.cpu(results).markdown()));
    text.append(
        section("Requests per second, relative to " + baseline, Matrix.rate(results).markdown()));
    text.append("\n## All figures\n");
    for (Cell cell : results.cells()) {
      text.append("\n### " + cell.label() + "\n\n" + TextReport.load(results, cell).markdown());
    }
    return text.toString();
  }

  private static String commands(Results results) {
    StringBuilder text = new StringBuilder("```\n");
    for (Contender server : results.servers()) {
      text.append(Commands.line(server));
    }
    for (LoadCommand load : results.load()) {
      text.append(Commands.line(load));
    }
    return text.append("```\n").toString();
  }

  private static String list(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append("- ").append(line).append('\n'));
    return text.toString();
  }

  private static String section(String title, String content) {
    return "\n## " + title + "\n\n" + content;
  }

  private static String optional(String title, String content) {
    return content.isEmpty() ? "" : section(title, content);
  }
}
