package dev.leantea.bench.harness.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.rolling.Tally.Count;
import dev.leantea.conformance.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A short form of {@code bench rolling}. */
@Timeout(120)
final class RollingTest {
  @ParameterizedTest
  @EnumSource
  void restartOfAllInstances_failsNoRequest_andAllClientsComeBack(Balancer.Kind balancer)
      throws IOException {
    Requirement.require(balancer.isInstalled(), balancer.toString());
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(temporary);
    try (Cleanup cleanup = Cleanup.install()) {
      var run = new RollingRun(balancer, "reactor", 2, 1, 2_000, 2);
      String log = run.run(cleanup, RollingTest::assertNothingFailed);
      assertThat(log).doesNotContain("[emerg]", "[ALERT]");
    }
    assertThat(Files.getPosixFilePermissions(temporary)).isEqualTo(permissions);
  }

  private static void assertNothingFailed(Tally tally) {
    assertThat(tally.reasons()).isEmpty();
    assertThat(tally.of(Count.HTTP1)).isPositive();
    assertThat(tally.of(Count.HTTP2)).isPositive();
    assertThat(tally.of(Count.MESSAGES)).isPositive();
    // Each client was at one of the two instances when that was restarted.
    assertThat(tally.of(Count.STREAM_ENDS)).isGreaterThanOrEqualTo(2);
    assertThat(tally.of(Count.SOCKET_CLOSES)).isGreaterThanOrEqualTo(2);
  }
}
