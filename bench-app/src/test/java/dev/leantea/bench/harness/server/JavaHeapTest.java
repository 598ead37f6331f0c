package dev.leantea.bench.harness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.bench.harness.BenchException;
import org.junit.jupiter.api.Test;

final class JavaHeapTest {
  @Test
  void total_histogram_isTheBytesOfTheLastLine() throws Exception {
    String histogram =
        """
        4242:
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:         30261        2417832  [B (java.base@25)
        Total        159317        9053256
        """;
    assertThat(JavaHeap.total(histogram)).isEqualTo(9_053_256);
  }

  @Test
  void total_complaint_isShown() {
    assertThatThrownBy(() -> JavaHeap.total("4242: no such process"))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("no such process");
  }
}
