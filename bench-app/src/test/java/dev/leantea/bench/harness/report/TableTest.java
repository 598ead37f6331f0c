package dev.leantea.bench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
  private static final Table TABLE =
      new Table(
          1, List.of("server", "req/s"), List.of(List.of("nginx", "9"), List.of("a", "10,000")));

  @Test
  void text_figures_areSetToTheRight() {
    assertThat(TABLE.text())
        .isEqualTo(
            """
            server   req/s
            nginx        9
            a       10,000
            """);
  }

  @Test
  void markdown_figures_areSetToTheRight() {
    assertThat(TABLE.markdown())
        .isEqualTo(
            """
            | server | req/s |
            | --- | ---: |
            | nginx | 9 |
            | a | 10,000 |
            """);
  }
}
