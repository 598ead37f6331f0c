package dev.leantea.bench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.bench.harness.BenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
  private static final History.Person SOMEBODY = new History.Person("a", "a@example.org");

  /** As github-action-benchmark 1.20 writes it. */
  private static final String OF_THE_ACTION =
      """
      {"lastUpdate": 1700000000000, "repoUrl": "u", "entries": {"LeanTea and nginx": [
        {"commit": {"author": {"email": "e", "name": "n", "username": "u"}, "distinct": true,
          "id": "aaa", "message": "m", "timestamp": "t", "tree_id": "x", "url": "y"},
         "date": 1700000000000, "tool": "customBiggerIsBetter",
         "benches": [{"name": "n req/s", "value": 120, "range": "± 1 %", "unit": "req/s"}]}]}}
      """;

  @TempDir Path folder = Path.of("");

  private static History.Commit commit(String id) {
    return new History.Commit(id, "message", "2026-11-24T08:00:00Z", "", SOMEBODY, SOMEBODY);
  }

  private static List<TrackedFigure> figures(double value) {
    return List.of(new TrackedFigure("n req/s", value, "req/s", "", ""));
  }

  @Test
  void best_severalCommits_isTheLargestOfTheOthers() throws Exception {
    Path file = folder.resolve("bench-data/http-bench.json");
    History history = History.read(file);
    history.append(commit("aaa"), figures(100), 1);
    history.append(commit("bbb"), figures(90), 2);
    history.append(commit("ccc"), figures(500), 3);
    history.write(file);
    assertThat(History.read(file).best("n req/s", "ccc")).hasValue(100);
    assertThat(History.read(file).best("unknown", "ccc")).isEmpty();
  }

  @Test
  void append_fileOfTheAction_keepsItsEntries() throws Exception {
    Path file = Files.writeString(folder.resolve("h.json"), OF_THE_ACTION);
    History history = History.read(file);
    history.append(commit("bbb"), figures(90), 2);
    history.write(file);
    assertThat(History.read(file).best("n req/s", "bbb")).hasValue(120);
    assertThat(Files.readString(file)).contains("tree_id", "\"repoUrl\" : \"u\"");
  }

  @Test
  void read_noJson_isAnError() throws Exception {
    Path file = Files.writeString(folder.resolve("h.json"), "window.BENCHMARK_DATA = {");
    assertThatThrownBy(() -> History.read(file))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("expected a history");
  }
}
