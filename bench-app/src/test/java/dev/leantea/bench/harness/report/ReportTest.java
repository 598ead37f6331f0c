package dev.leantea.bench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.report.Results.StartSample;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private final Report steady = new Report(Runs.steady(), List.of());

  private static Report withIdleAndStart() {
    Results run = Runs.steady();
    run.idle().add(new IdleSample("reactor", 1, 10_000, 200, 2_048, 64, Runs.figures(50_000), 0));
    run.starts().add(new StartSample("reactor", true, 1, 180));
    run.failures().add("blocking: ended with status 1");
    return new Report(run, List.of("No ratios can be compared."));
  }

  @Test
  void markdown_run_hasRatiosAndMachine() {
    assertThat(steady.markdown())
        .startsWith("# Benchmarks")
        .contains("A CPU, 2 cores, 8 GiB", "| /health c128 | 0.80 | 1.00 |")
        .doesNotContain("## Warnings", "## Reproducibility", "## Targets", "BASELINE");
  }

  @Test
  void markdown_loadWithATarget_isComparedWithIt() {
    Results run = Runs.of(Runs.sample("reactor:io_uring", 1, 10, 8), Runs.sample("nginx", 1, 9, 9));
    assertThat(new Report(run, List.of()).markdown())
        .contains("## Targets", "[MICROBENCHMARKS.md](MICROBENCHMARKS.md)", "| ≤ 0.85 |");
  }

  @Test
  void markdown_joinedRuns_hasIdleAndStart() {
    assertThat(withIdleAndStart().markdown())
        .contains("| reactor | 10000 | 200 B | 2.0 KiB |", "| reactor | yes | 180 ms |")
        .contains("## Reproducibility", "- No ratios can be compared.")
        .contains("- failed: blocking: ended with status 1");
  }

  @Test
  void databaseMarkdown_run_isOneSectionWithRatiosFiguresAndCommands() {
    assertThat(withIdleAndStart().databaseMarkdown())
        .startsWith("\n## Handlers that wait")
        .contains("A CPU, 2 cores, 8 GiB", "| /health c128 | 0.80 | 1.00 |")
        .contains("- failed: blocking: ended with status 1", "wrk http://127.0.0.1:PORT/health")
        .containsOnlyOnce("\n## ");
  }

  @Test
  void text_run_isTablesAndWarnings() {
    assertThat(withIdleAndStart().text())
        .contains("/health c128  reactor", "0.80 (0.80–0.81)", "10000")
        .contains("\nfailed: blocking: ended with status 1\n", "No ratios can be compared.");
  }

  @Test
  void html_figuresOfServers_haveBarsOfTheirShare() {
    assertThat(steady.html())
        .contains("<td align=\"right\" style=\"--bar: 100.0%\">20,000</td>")
        .contains("<td align=\"right\" style=\"--bar: 50.0%\">10,000</td>")
        .contains("0.80 (0.80–0.81)", "wrk http://127.0.0.1:PORT/health");
  }

  @Test
  void html_unitsThatDiffer_areConvertedForTheBars() {
    Results run = Runs.of(Runs.latency("reactor", 500), Runs.latency("nginx", 2_000));
    assertThat(new Report(run, List.of()).html())
        .contains("--bar: 25.0%\">500 µs<", "--bar: 100.0%\">2.00 ms<");
  }

  @Test
  void html_page_loadsNothingAndFollowsLightAndDark() {
    assertThat(steady.html())
        .contains("prefers-color-scheme: dark")
        .doesNotContain("src=", "@import", "url(", "<script", "<link");
  }
}
