package dev.leantea.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.bench.harness.report.LoadFigures;
import dev.leantea.bench.harness.report.LoadFigures.Errors;
import dev.leantea.bench.harness.server.Cores;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class H2LoadTest {
  private static final Wrk H2LOAD = new H2Load(Path.of(""), new Cores(1, false));

  private static final String OUTPUT =
      """
      starting benchmark...
      spawning thread #0: 8 total client(s). Timing-based test with 0s of warm-up time

      finished in 2.01s, 123456.50 req/s, 5.25MB/s
      requests: 246913 total, 247169 started, 246913 done, 246900 succeeded, 13 failed, 2 errored, 1 timeout
      status codes: 246900 2xx, 0 3xx, 9 4xx, 4 5xx
      traffic: 10.51MB (11022222) total, 1.18MB (1234565) headers (space savings 95.00%), 482.25KB
      """;

  @Test
  void figures_outputOfARun() throws Exception {
    assertThat(H2LOAD.figures(0, OUTPUT))
        .isEqualTo(new LoadFigures(246_900, 2.01, 0, 0, new Errors(0, 15, 0, 13, 1)));
  }

  @Test
  void figures_shortRun_isInMilliseconds() throws Exception {
    assertThat(H2LOAD.figures(0, OUTPUT.replace("2.01s", "20.50ms")).seconds()).isEqualTo(0.0205);
  }

  @Test
  void figures_notReached_showsWhatItPrinted() {
    assertThatThrownBy(() -> H2LOAD.figures(1, "client could not connect to host\n"))
        .isInstanceOf(BenchException.class)
        .hasMessage(
            "h2load: expected figures, got status 1; its output ends: client could not connect to"
                + " host");
  }

  @Test
  void figures_noRequestAnswered_isAnError() {
    assertThatThrownBy(() -> H2LOAD.figures(0, OUTPUT.replace("246900 succeeded", "0 succeeded")))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("no request was answered");
  }
}
