package dev.leantea.bench.harness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.bench.harness.BenchException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessTreeTest {
  @Test
  void kibibytes_statusText_findsTheField() {
    String status = "Name:\tnginx\nVmHWM:\t   17408 kB\nVmRSS:\t    9000 kB\n";
    assertThat(ProcessTree.kibibytes(status, "VmHWM:")).isEqualTo(17_408);
    assertThat(ProcessTree.kibibytes(status, "VmSwap:")).isZero();
  }

  @Test
  void cpuMicros_childOfAShellThatWorks_isCounted() throws Exception {
    // The shell waits; the work is its child's, which then waits for its input to end.
    Process shell =
        start("sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo; read x'");
    try {
      ProcessTree tree = new ProcessTree(shell.pid());
      assertThat(shell.getInputStream().read()).isEqualTo('\n');
      assertThat(tree.pids()).hasSizeGreaterThan(1);
      assertThat(tree.cpuMicros()).isGreaterThan(new ProcessTree(childless(shell)).cpuMicros() - 1);
      assertThat(tree.cpuMicros()).isPositive();
      assertThat(tree.rssBytes()).isPositive();
      tree.resetPeak();
      assertThat(tree.peakRssBytes()).isPositive();
    } finally {
      shell.getOutputStream().close();
      shell.waitFor();
    }
  }

  private static long childless(Process shell) {
    return shell.children().findFirst().orElseThrow().pid();
  }

  /** {@code true} afterwards keeps the outer shell from becoming the inner one. */
  private static Process start(String command) throws IOException {
    return new ProcessBuilder(List.of("sh", "-c", command + "; true")).start();
  }

  @Test
  void histogramBytes_histogram_isTheBytesOfTheLastLine() throws Exception {
    String histogram =
        """
        4242:
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:         30261        2417832  [B (java.base@25)
        Total        159317        9053256
        """;
    assertThat(ProcessTree.histogramBytes(histogram)).isEqualTo(9_053_256);
  }

  @Test
  void histogramBytes_complaint_isShown() {
    assertThatThrownBy(() -> ProcessTree.histogramBytes("4242: no such process"))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("no such process");
  }
}
