package dev.leantea.bench.harness.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CellTest {
  @Test
  void label_plainCell_isRouteWithoutQueryAndLevel() {
    assertThat(new Cell(Placement.PINNED, "/echo?msg=hi", 8, 1).label()).isEqualTo("/echo c8");
  }

  @Test
  void label_pipelinedUnpinnedCell_saysBoth() {
    assertThat(new Cell(Placement.SHARED, "/health", 128, 16).label())
        .isEqualTo("/health c128 ×16 unpinned");
  }
}
