package dev.leantea.bench.harness.report;

import static dev.leantea.bench.harness.report.Runs.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.LoadPlan;
import dev.leantea.bench.harness.report.LoadFigures.Errors;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TargetsTest {
  private static final String IO_URING = "reactor:io_uring";

  private static List<String> row(Results results, String what) {
    return Targets.table(results).rows().stream()
        .filter(row -> row.getFirst().equals(what))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> health(double cpu) {
    Results results = Runs.of(sample(IO_URING, 1, 10, cpu), sample("nginx", 1, 10, 10));
    return row(results, "reactor:io_uring, /health c128: CPU to nginx");
  }

  @Test
  void table_ratioOfTheRun_isComparedWithMustAndAim() {
    assertThat(health(7.4))
        .containsExactly(
            "reactor:io_uring, /health c128: CPU to nginx",
            "≤ 0.85",
            "≤ 0.75",
            "0.74 (0.74–0.74)",
            "met, and the aim");
    assertThat(health(8.5)).endsWith("0.85 (0.85–0.85)", "met");
    assertThat(health(8.6)).endsWith("NOT met");
  }

  @Test
  void table_nettyBackend_isComparedWithBareNetty() {
    Results results =
        Runs.of(
            sample("netty", 1, 10, 10.5),
            sample("bare-netty", 1, 10, 10),
            sample("nginx", 1, 10, 1));
    assertThat(row(results, "netty, /health c128: CPU to bare-netty"))
        .endsWith("1.05 (1.05–1.05)", "met");
  }

  @Test
  void table_unpinned_isTheSlowestRoute() {
    Results results =
        Runs.of(
            sample(IO_URING, LoadPlan.UNPINNED.get(0), 1, 20, 1),
            sample("nginx", LoadPlan.UNPINNED.get(0), 1, 10, 1),
            sample(IO_URING, LoadPlan.UNPINNED.get(1), 1, 9, 1),
            sample("nginx", LoadPlan.UNPINNED.get(1), 1, 10, 1));
    assertThat(row(results, "reactor:io_uring, unpinned c128, its slowest route: req/s to nginx"))
        .endsWith("0.90 × (0.90 ×–0.90 ×)", "NOT met");
  }

  @Test
  void table_errorsUnderSaturation_missTheTarget() {
    Sample broken = Runs.broken(IO_URING, LoadPlan.SATURATED, new Errors(0, 2, 0, 0, 0));
    assertThat(row(Runs.of(broken), "reactor:io_uring, /health c2000: errors"))
        .endsWith("2 (2–2)", "NOT met");
  }

  @Test
  void table_notMeasured_isLeftOpen() {
    Results results = Runs.of(sample(IO_URING, 1, 10, 8), sample("nginx", 1, 10, 10));
    assertThat(row(results, "blocking, /health c128: CPU to nginx")).endsWith("–", "–");
    assertThat(Targets.table(Runs.of()).rows()).isEmpty();
  }
}
