package dev.leantea.bench.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.result.Cell;
import org.junit.jupiter.api.Test;

final class PlanTest {
  @Test
  void full_cells_areRoutesByLevelsAndTheExtras() {
    assertThat(Plan.full().cells().stream().map(Cell::label))
        .hasSize(15)
        .doesNotHaveDuplicates()
        .contains(
            "/health c8",
            "/json c512",
            "/echo c128",
            "/health/blocking c128",
            "/health c2000",
            "/health c128 ×16",
            "/json c128 unpinned");
  }

  @Test
  void quick_isShorterThanFull() {
    assertThat(Plan.quick().cells()).hasSize(7);
    assertThat(Plan.quick().rounds()).isLessThan(Plan.full().rounds());
  }
}
