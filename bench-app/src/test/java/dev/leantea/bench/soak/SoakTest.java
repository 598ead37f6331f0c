package dev.leantea.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SoakTest {
  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring", "reactor:nio", "netty", "netty:nio", "blocking"})
  @Timeout(240) // reached only when something hangs
  void soak_someRounds_findsNothing(String backend) {
    var out = new StringWriter();
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .execute("bench", "soak", "--backend", backend, "--rounds", "50");
    assertThat(status).as(out.toString()).isZero();
    assertThat(out.toString()).endsWith(backend + ": 0 findings\n");
  }

  @Test
  void soak_backendThatDoesNotStart_leavesNoLogHandler() {
    Logger logger = Logger.getLogger("dev.leantea");
    var before = List.of(logger.getHandlers());
    assertThat(Main.commandLine().execute("bench", "soak", "--backend", "none", "--rounds", "1"))
        .isNotZero();
    assertThat(logger.getHandlers()).containsExactlyElementsOf(before);
    assertThat(logger.getUseParentHandlers()).isTrue();
  }
}
