package dev.leantea.bench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.bench.harness.BenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultFileTest {
  @TempDir Path folder = Path.of("");

  @Test
  void read_whatWasWritten_isTheSameRun() throws Exception {
    Path file = folder.resolve("deep/run.json");
    ResultFile.write(file, Runs.steady());
    assertThat(ResultFile.read(file)).isEqualTo(Runs.steady());
  }

  @Test
  void read_otherFormat_saysExpectedAndActual() throws Exception {
    Path file = folder.resolve("run.json");
    ResultFile.write(file, Runs.steady());
    Files.writeString(file, Files.readString(file).replace("\"format\" : 3", "\"format\" : 9"));
    assertThatThrownBy(() -> ResultFile.read(file))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("expected results of format 3, got format 9");
  }

  @Test
  void read_noJson_isOneLine() throws Exception {
    Path file = Files.writeString(folder.resolve("run.json"), "no\njson");
    assertThatThrownBy(() -> ResultFile.read(file))
        .isInstanceOfSatisfying(
            BenchException.class,
            e -> assertThat(e.line()).contains("expected the JSON of a run").doesNotContain("\n"));
  }

  @Test
  void read_missingFile_namesIt() {
    assertThatThrownBy(() -> ResultFile.read(folder.resolve("none.json")))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("none.json");
  }
}
