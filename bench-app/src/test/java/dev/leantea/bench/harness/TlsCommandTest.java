package dev.leantea.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.Main;
import dev.leantea.bench.harness.report.Load.Transport;
import dev.leantea.bench.harness.report.ResultFile;
import dev.leantea.bench.harness.report.Results;
import dev.leantea.bench.harness.report.Sample;
import dev.leantea.bench.harness.server.Programs;
import dev.leantea.conformance.Requirement;
import dev.leantea.tls.openssl.OpenSsl;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real short run of {@code bench --tls}. */
final class TlsCommandTest {
  private static final String SHORT =
      "bench --tls --wrk local --servers reactor:nio,nginx --rounds 1 --seconds 2 --warm-up 6"
          + " --connections 4 --handshakes 2 --out ";

  @Test
  void bothEnginesAndNginx_areMeasuredOverTls(@TempDir Path folder) {
    for (String program : List.of("wrk", "nginx", "openssl")) {
      Requirement.require(Programs.onPath(program), program + " on PATH");
    }
    Requirement.require(OpenSsl.unavailable().isEmpty(), "libssl.so.3");
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute((SHORT + folder).split(" ", -1));
    assertThat(err.toString()).isEmpty();
    Results results = ResultFile.read(folder.resolve("tls.json"));
    assertThat(results.failures()).isEmpty();
    assertThat(status).isZero();
    assertThat(results.measuredServers())
        .containsExactly("reactor:nio+openssl", "reactor:nio+jdk", "nginx");
    assertThat(results.samples()).hasSize(3 * 3).allSatisfy(TlsCommandTest::requireMeasured);
    assertThat(out.toString())
        .contains("/health c4 TLS", "/health c2 TLS, new connections", "/files/mib c4 TLS")
        .contains("CPU vs nginx");
  }

  private static void requireMeasured(Sample sample) {
    assertThat(sample.figures().requests()).isPositive();
    assertThat(sample.figures().errors().total()).isZero();
    assertThat(sample.cpuMicros()).isPositive();
    assertThat(sample.load().transport()).isNotEqualTo(Transport.TCP);
  }
}
