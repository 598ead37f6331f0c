package dev.leantea.bench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.result.Runs;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {
  private final String html = HtmlReport.of(Runs.steady(), List.of("All 1 agree"));

  @Test
  void of_run_hasAChartForEachMetric() {
    assertThat(html.split("<svg", -1)).hasSize(4); // CPU, rate and latency of the one load
  }

  @Test
  void of_run_loadsNothing() {
    assertThat(html).doesNotContain("src=", "href=", "@import", "url(", "<script");
  }

  @Test
  void of_run_followsLightAndDark() {
    assertThat(html).contains("prefers-color-scheme: dark");
  }

  @Test
  void of_run_tellsTheRatioAndTheCommands() {
    assertThat(html)
        .contains("0.80 (0.80–0.81)", "wrk http://127.0.0.1:PORT/health", "All 1 agree");
  }
}
