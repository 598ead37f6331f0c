package dev.leantea.bench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.report.Load.Placement;
import org.junit.jupiter.api.Test;

final class LoadTest {
  @Test
  void label_plain_isRouteWithoutQueryAndConnections() {
    assertThat(new Load(Placement.PINNED, "/echo?msg=hi", 8, 1).label()).isEqualTo("/echo c8");
  }

  @Test
  void label_pipelinedUnpinned_hasBoth() {
    assertThat(new Load(Placement.SHARED, "/health", 128, 16).label())
        .isEqualTo("/health c128 ×16 unpinned");
  }
}
