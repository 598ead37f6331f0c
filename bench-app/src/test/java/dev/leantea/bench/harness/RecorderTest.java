package dev.leantea.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.report.Results;
import dev.leantea.bench.harness.report.Runs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecorderTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Recorder recorder =
      new Recorder(List.of("bench"), "nginx", new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private List<String> printed() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void add(String line) {
    recorder.add(Runs.sample("nginx", 1, 10, 1), line);
  }

  @Test
  void add_lastFigure_isCountedAndLeavesNoTime() {
    recorder.expect(2);
    add("one");
    add("two");
    assertThat(printed()).last().isEqualTo("[2/2, 0:00 left] two");
    assertThat(recorder.results().samples()).hasSize(2);
  }

  @Test
  void skip_missingServer_lowersTheTotal() {
    recorder.expect(4);
    recorder.skip(2);
    add("one");
    assertThat(printed()).last().asString().startsWith("[1/2,");
  }

  @Test
  void failure_again_isRecordedAndPrintedOnce() {
    recorder.failure("netty: gone");
    recorder.failure("netty: gone");
    recorder.note("reactor:io_uring: not here");
    assertThat(printed())
        .containsExactly("bench: netty: gone", "bench: note: reactor:io_uring: not here");
    Results results = recorder.results();
    assertThat(results.failures()).containsExactly("netty: gone");
    assertThat(results.notes()).containsExactly("reactor:io_uring: not here");
  }
}
