package dev.leantea.bench.harness.report;

import static dev.leantea.bench.harness.report.Runs.sample;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BeforeAfterTest {
  private static List<String> row(Results results) {
    return BeforeAfter.table(results).rows().getFirst();
  }

  private static Results rounds(double first, double second, long requests) {
    return Runs.of(
        sample("netty", 1, requests, first),
        sample("netty@before", 1, 100, 10),
        sample("netty", 2, requests, second),
        sample("netty@before", 2, 100, 10));
  }

  @Test
  void table_differenceWithinTheSpread_isTheSame() {
    assertThat(row(rounds(10, 11, 100)))
        .containsExactly(
            "/health c128",
            "netty",
            "1.05 (1.00–1.10)",
            "1.00 (1.00–1.00)",
            "1.00 (1.00–1.00)",
            "same");
  }

  @Test
  void table_differenceAboveTheSpread_isJudged() {
    assertThat(row(rounds(11, 11.2, 100))).endsWith("WORSE");
    assertThat(row(rounds(9, 9.2, 100))).endsWith("better");
    assertThat(row(rounds(10, 10, 99))).endsWith("WORSE");
    assertThat(row(rounds(10, 10, 101))).endsWith("better");
  }

  @Test
  void table_oneRound_isNotJudged() {
    assertThat(row(Runs.of(sample("netty", 1, 1, 9), sample("netty@before", 1, 1, 1))))
        .endsWith("–");
  }

  @Test
  void table_withoutAnOlderBuild_isEmpty() {
    assertThat(BeforeAfter.table(Runs.steady()).rows()).isEmpty();
  }
}
