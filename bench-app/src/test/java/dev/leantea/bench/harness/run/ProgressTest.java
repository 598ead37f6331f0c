package dev.leantea.bench.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Progress progress(boolean terminal) {
    return new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void step_piped_isAPlainLine() {
    Progress progress = progress(false);
    progress.expect(2);
    progress.now("starting");
    progress.step("one");
    assertThat(written()).isEqualTo("[1/2] one" + System.lineSeparator());
  }

  @Test
  void step_terminal_rewritesOneLine() {
    Progress progress = progress(true);
    progress.expect(2);
    progress.step("one");
    progress.end();
    assertThat(written()).startsWith("\r").contains("1/2", "one").doesNotContain("\n");
  }

  @Test
  void skip_missingServer_lowersTheTotal() {
    Progress progress = progress(false);
    progress.expect(4);
    progress.skip(2);
    progress.step("one");
    assertThat(written()).startsWith("[1/2]");
  }
}
