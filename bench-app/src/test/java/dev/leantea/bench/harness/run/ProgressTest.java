package dev.leantea.bench.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Progress progress =
      new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void step_secondOfTwo_isCountedAndLeavesNoTime() {
    progress.expect(2);
    progress.step("one");
    progress.step("two");
    assertThat(written().lines()).last().isEqualTo("[2/2, 0:00 left] two");
  }

  @Test
  void say_betweenSteps_isNotCounted() {
    progress.say("starting");
    assertThat(written()).isEqualTo("bench: starting" + System.lineSeparator());
  }

  @Test
  void skip_missingServer_lowersTheTotal() {
    progress.expect(4);
    progress.skip(2);
    progress.step("one");
    assertThat(written()).startsWith("[1/2,");
  }
}
