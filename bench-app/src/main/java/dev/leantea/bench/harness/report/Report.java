package dev.leantea.bench.harness.report;

import dev.leantea.bench.Resources;
import dev.leantea.bench.harness.report.Results.LoadCommand;
import dev.leantea.bench.harness.report.Results.ServerInfo;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run's figures for people: as tables for a terminal, as Markdown for the documentation, and as a
 * page made of that Markdown.
 *
 * @param results of the run
 * @param reproducibility what {@link Reproducibility} says; empty without another run
 */
public record Report(Results results, List<String> reproducibility) {
  private static final double GIB = 1024.0 * 1024 * 1024;

  /** The tables and what limits their meaning, for a terminal. */
  public String text() {
    return Stream.of(
            Tables.loads(results).text(),
            Tables.idle(results).text(),
            Tables.starts(results).text(),
            BeforeAfter.table(results).text(),
            Targets.table(results).text(),
            lines("", Warnings.of(results)),
            lines("", reproducibility))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  public String markdown() {
    return Resources.text(Report.class, "introduction.md") + body();
  }

  public String html() {
    return Html.page(body());
  }

  /** What a run of {@code bench db} adds to the Markdown of the run of the other loads. */
  public String databaseMarkdown() {
    String relative = " per request, relative to " + results.baseline() + ":\n\n";
    return section(
        "Handlers that wait: PostgreSQL and another server",
        "A run of its own, by `bench db`.\n\n"
            + lines("- ", circumstances())
            + lines("- ", Warnings.of(results))
            + "\nCPU time"
            + relative
            + Tables.ratios(results, Summary::cpuRatio).markdown()
            + "\n"
            + figures()
            + "\n"
            + commandBlock());
  }

  private String body() {
    String targets = Targets.table(results).markdown();
    String reading =
        Resources.text(Report.class, "reading.md").replace("BASELINE", results.baseline());
    String relative = ", relative to " + results.baseline();
    return section("Circumstances", lines("- ", circumstances()))
        + section("How to read the figures", reading)
        + section("Warnings", lines("- ", Warnings.of(results)))
        + section("Reproducibility", lines("- ", reproducibility))
        + section("Before and after", BeforeAfter.table(results).markdown())
        + section(
            "Targets",
            targets.isEmpty() ? "" : Resources.text(Report.class, "targets.md") + targets)
        + section(
            "CPU time per request" + relative, Tables.ratios(results, Summary::cpuRatio).markdown())
        + section(
            "Requests per second" + relative, Tables.ratios(results, Summary::rateRatio).markdown())
        + section("All figures", figures())
        + section("Idle connections", Tables.idle(results).markdown())
        + section("Start", Tables.starts(results).markdown())
        + section("Exact commands", commandBlock());
  }

  private String commandBlock() {
    return "```\n" + lines("", commands()) + "```\n";
  }

  private static String section(String title, String content) {
    return content.isEmpty() ? "" : "\n## " + title + "\n\n" + content;
  }

  private static String lines(String prefix, List<String> lines) {
    return lines.stream().map(line -> prefix + line + "\n").collect(Collectors.joining());
  }

  private List<String> circumstances() {
    Machine machine = results.machine();
    return List.of(
        Format.text(
            "%s, %d cores, %.0f GiB; %s, kernel %s; load average before the run %.2f",
            machine.cpu(),
            machine.cores(),
            machine.memoryBytes() / GIB,
            machine.os(),
            machine.kernel(),
            machine.loadAverage()),
        "JDK: " + machine.jdk(),
        Format.text(
            "commit %s, started %s, took %d s",
            machine.commit(), results.started(), Math.round(results.seconds())),
        "command: " + String.join(" ", results.commandLine()));
  }

  private String figures() {
    return results.measuredLoads().stream()
        .map(load -> "### " + load.label() + "\n\n" + Tables.load(results, load).markdown())
        .collect(Collectors.joining("\n"));
  }

  private List<String> commands() {
    return Stream.concat(
            results.servers().stream().map(Report::command),
            results.loads().stream().map(Report::command))
        .toList();
  }

  private static String command(ServerInfo server) {
    String about = server.about().isEmpty() ? "" : "  # " + server.about();
    return "%s, %s: %s%s"
        .formatted(
            server.name(), server.placement().label(), String.join(" ", server.command()), about);
  }

  private static String command(LoadCommand load) {
    return load.load().label() + ": " + String.join(" ", load.command());
  }
}
