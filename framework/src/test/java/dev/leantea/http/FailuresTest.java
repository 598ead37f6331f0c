package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
  private static final String PATH = "/failures-test";

  private final Logger logger = Logger.getLogger("dev.leantea");
  private final Level before = logger.getLevel();
  private final Recording recording = new Recording();

  /** The levels of the lines about {@link #PATH}. */
  private static final class Recording extends java.util.logging.Handler {
    private final List<Level> levels = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      if (line.getMessage().contains(PATH)) {
        levels.add(line.getLevel());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void record() {
    logger.setLevel(Level.FINE);
    logger.addHandler(recording);
  }

  @AfterEach
  void restore() {
    logger.removeHandler(recording);
    logger.setLevel(before);
  }

  static Stream<Throwable> faultsOfClients() {
    var fault = new RequestBodyException(408, "too slow");
    return Stream.of(
        fault, new UncheckedIOException(fault), new IllegalStateException(new IOException(fault)));
  }

  @ParameterizedTest
  @MethodSource("faultsOfClients")
  void response_faultOfClient_hasItsStatus_andIsLoggedAtDebug(Throwable failure) {
    Response response = Failures.response(Request.of(Method.POST, PATH), failure);
    assertThat(response.status()).isEqualTo(408);
    assertThat(response.headers().first("Connection")).contains("close");
    assertThat(recording.levels).containsExactly(Level.FINE);
  }

  @Test
  void response_faultOfProgram_isLoggedAsAnError() {
    var failure = new IllegalStateException(new IOException("disk"));
    assertThat(Failures.response(Request.of(Method.POST, PATH), failure).status()).isEqualTo(500);
    assertThat(recording.levels).containsExactly(Level.SEVERE);
  }
}
