package dev.leantea.server;

import static dev.leantea.server.AcceptFailures.MIN_NANOS_WITHOUT_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.RecordedLog;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptFailuresTest {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String SHORT =
      "cannot accept connections, trying again every 100 ms: too many open files";
  private static final String AGAIN = "accepts connections again";

  private final RecordedLog log = new RecordedLog(Level.INFO);
  private long now = Long.MAX_VALUE - PAUSE_NANOS; // the clock may overflow

  @AfterEach
  void stopRecording() {
    log.close();
  }

  private List<String> lines() {
    return log.messages("");
  }

  @Test
  void shortage_ofManyPauses_isLoggedOnce() {
    try (var failures = new AcceptFailures(() -> now)) {
      for (int i = 0; i < 100; i++) {
        failures.failed("too many open files");
        now += PAUSE_NANOS;
        failures.accepted(); // a connection was closed meanwhile
      }
      assertThat(lines()).containsExactly(SHORT);
    }
  }

  @Test
  void recovery_isLoggedOnce_andTheNextShortageAgain() {
    try (var failures = new AcceptFailures(() -> now)) {
      failures.failed("too many open files");
      now += MIN_NANOS_WITHOUT_FAILURE - 1;
      failures.accepted();
      assertThat(lines()).containsExactly(SHORT);
      now += 1;
      failures.accepted();
      failures.accepted();
      assertThat(lines()).containsExactly(SHORT, AGAIN);
      failures.failed("too many open files");
      assertThat(lines()).containsExactly(SHORT, AGAIN, SHORT);
    }
  }

  @Test
  void accepted_withoutAShortage_logsNothing() {
    try (var failures = new AcceptFailures(() -> now)) {
      failures.accepted();
      assertThat(lines()).isEmpty();
    }
  }
}
