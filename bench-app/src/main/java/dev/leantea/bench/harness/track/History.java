package dev.leantea.bench.harness.track;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.result.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The figures of earlier commits, in the file that github-action-benchmark keeps with {@code
 * external-data-json-path}:
 *
 * <pre>
 * {"lastUpdate": …, "repoUrl": …, "entries": {SUITE: [{"commit": {"id": …}, "date": …,
 *  "tool": "customBiggerIsBetter", "benches": [{"name": …, "value": …}, …]}, …]}}
 * </pre>
 */
public final class History {
  /** The suite's name: the {@code name} that the workflow gives to the action. */
  public static final String SUITE = "LeanTea and nginx";

  private final ObjectNode root;

  private History(ObjectNode root) {
    this.root = root;
  }

  /** Reads the file; where there is none, the history is empty. */
  public static History read(Path file) {
    try {
      if (!Files.exists(file)) {
        ObjectNode empty = ResultFile.MAPPER.createObjectNode();
        empty.put("lastUpdate", 0).put("repoUrl", "").putObject("entries");
        return new History(empty);
      }
      if (ResultFile.MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode root) {
        return new History(root);
      }
      throw new BenchException(file + ": expected a history: an object with entries");
    } catch (IOException | JacksonException e) {
      throw new BenchException(file + ": expected a history in JSON, got " + e.getMessage(), e);
    }
  }

  /** The best value that a figure had at any other commit. */
  OptionalDouble best(String name, String commit) {
    return StreamSupport.stream(root.path("entries").path(SUITE).spliterator(), false)
        .filter(entry -> !entry.path("commit").path("id").asString("").equals(commit))
        .flatMap(entry -> StreamSupport.stream(entry.path("benches").spliterator(), false))
        .filter(figure -> figure.path("name").asString("").equals(name))
        .mapToDouble(figure -> figure.path("value").asDouble())
        .max();
  }

  /** Adds the figures of a commit at the end, as the action does. */
  public void append(Commit commit, List<TrackedFigure> figures, long millis) {
    root.put("lastUpdate", millis);
    ObjectNode entry = root.withObject("entries").withArray(SUITE).addObject();
    entry.set("commit", ResultFile.MAPPER.valueToTree(commit));
    entry.put("date", millis).put("tool", "customBiggerIsBetter");
    entry.set("benches", ResultFile.MAPPER.valueToTree(figures));
  }

  /** Writes the file. */
  public void write(Path file) {
    ResultFile.write(file, root);
  }
}
