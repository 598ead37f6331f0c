package dev.leantea.bench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.result.IdleSample;
import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Runs;
import dev.leantea.bench.harness.result.StartSample;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MarkdownReportTest {
  @Test
  void of_run_holdsRatiosAndMachine() {
    assertThat(MarkdownReport.of(Runs.steady(), List.of()))
        .contains("# Benchmarks", "A CPU, 2 cores, 8 GiB", "| /health c128 | 0.80 | 1.00 |")
        .doesNotContain("## Doubts", "## Agreement");
  }

  @Test
  void of_joinedRuns_holdsIdleAndStart() {
    Results run = Runs.steady().and(extras());
    assertThat(MarkdownReport.of(run, List.of("No ratios can be compared.")))
        .contains("| reactor | 10000 | 200 B | 2.0 KiB |", "| reactor | yes | 180 ms |")
        .contains("## Agreement of two runs");
  }

  private static Results extras() {
    Results bare = Runs.of();
    return new Results(
        bare.format(),
        bare.started(),
        bare.seconds(),
        bare.commandLine(),
        bare.baseline(),
        bare.machine(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new IdleSample("reactor", 1, 10_000, 200, 2_048, 64, 50_000, 1_000, 0)),
        List.of(new StartSample("reactor", true, 1, 180)),
        List.of("blocking: ended with status 1"),
        List.of());
  }

  @Test
  void of_runWithFailures_tellsThem() {
    assertThat(MarkdownReport.of(Runs.steady().and(extras()), List.of()))
        .contains("- failed: blocking: ended with status 1");
  }
}
