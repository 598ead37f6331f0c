package dev.leantea.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.leantea.bench.Main;
import dev.leantea.bench.harness.report.ResultFile;
import dev.leantea.bench.harness.report.Results;
import dev.leantea.bench.harness.server.Programs;
import dev.leantea.conformance.Requirement;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScaleCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void scale_measuresABackendWithEachNumberOfLoops() {
    Requirement.require(Programs.onPath("wrk"), "wrk on PATH");
    var out = new StringWriter();
    String line =
        "bench scale --wrk local --servers reactor:nio,blocking --loops 1,2 --warm-up 1 --seconds 1"
            + " --rounds 1 --routes /health --connections 4 --baseline reactor:nio:1 --out ";
    int status =
        Main.commandLine().setOut(new PrintWriter(out)).execute((line + folder).split(" ", -1));
    Results results = ResultFile.read(folder.resolve("scale.json"));
    assertThat(results.failures()).isEmpty();
    assertThat(status).isZero();
    assertThat(results.measuredServers())
        .containsExactlyInAnyOrder("reactor:nio:1", "reactor:nio:2", "blocking");
    assertThat(results.samples())
        .hasSize(3)
        .allSatisfy(sample -> assertThat(sample.figures().requests()).isPositive());
    assertThat(out.toString()).contains("256 each: busiest", "| 128 |");
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "4, 16", "16, 16", "128, 512"})
  void balance_idleLoops_areAsManyAsCalculated(int loops, int connections) {
    AcceptBalance balance = AcceptBalance.simulate(loops, connections, 2_000);
    double missesALoop = Math.pow(1 - 1.0 / loops, connections);
    assertThat(balance.idle()).isCloseTo(missesALoop, within(0.02));
  }

  @Test
  void balance_twoConnectionsOnTwoLoops_meetOnOneHalfOfTheTime() {
    AcceptBalance balance = AcceptBalance.simulate(2, 2, 2_000);
    assertThat(balance.busiest()).isCloseTo(1.5, within(0.05)); // 2 or 1, with an average of 1
  }
}
