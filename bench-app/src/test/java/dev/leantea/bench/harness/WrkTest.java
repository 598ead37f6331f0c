package dev.leantea.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.report.LoadFigures;
import dev.leantea.bench.harness.report.LoadFigures.Errors;
import dev.leantea.bench.harness.server.Cores;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class WrkTest {
  private static final Wrk WRK = new Wrk(Path.of(""), new Cores(1, false));

  private static final String OUTPUT =
      """
      Running 1s test @ http://127.0.0.1:8080/health
        1 threads and 128 connections
        Thread Stats   Avg      Stdev     Max   +/- Stdev
          Latency     1.92ms    1.21ms  31.52ms   96.59%
      Requests/sec:  66541.62
      Transfer/sec:      9.14MB

      leantea-figures {"requests":73204,"seconds":1.100122,"p50Micros":1803,"p99Micros":4402,\
      "errors":{"connect":0,"read":1,"write":2,"status":3,"timeout":4}}
      """;

  @Test
  void figures_outputOfARun_readsTheLineOfTheScript() throws Exception {
    assertThat(WRK.figures(0, OUTPUT))
        .isEqualTo(new LoadFigures(73_204, 1.100122, 1_803, 4_402, new Errors(0, 1, 2, 3, 4)));
  }

  @Test
  void figures_outputWithoutTheLine_showsWhatWrkPrinted() {
    assertThatThrownBy(
            () -> WRK.figures(1, "unable to connect to 127.0.0.1:1 Connection refused\n"))
        .isInstanceOf(BenchException.class)
        .hasMessage(
            "wrk: expected figures, got status 1; its output ends: unable to connect to"
                + " 127.0.0.1:1 Connection refused");
  }

  @Test
  void figures_noRequestAnswered_isAnError() {
    assertThatThrownBy(() -> WRK.figures(0, OUTPUT.replace("73204", "0")))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("no request was answered");
  }

  private static Load load(int pipeline) {
    return new Load(Placement.PINNED, "/health", 1, pipeline);
  }

  @Test
  void script_pipelining_isItsNumber() {
    assertThat(WRK.script(load(1))).contains("if 1 > 1 then", "done = function");
    assertThat(WRK.script(load(16))).contains("if 16 > 1 then", "for i = 1, 16");
  }
}
