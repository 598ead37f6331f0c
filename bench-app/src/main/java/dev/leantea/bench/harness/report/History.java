package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.server.Programs;
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

  private static final String EMPTY = "{\"lastUpdate\":0,\"repoUrl\":\"\",\"entries\":{}}";

  public record Person(String name, String email) {}

  /**
   * The commit that figures belong to, in the layout of the history.
   *
   * @param message its first line
   * @param timestamp of its author, ISO 8601
   * @param url empty: git does not know it
   */
  public record Commit(
      String id, String message, String timestamp, String url, Person author, Person committer) {
    public static Commit here() {
      String format = "--format=%H%n%s%n%aI%n%an%n%ae%n%cn%n%ce";
      List<String> lines = Programs.output("git", "log", "-1", format).lines().toList();
      if (lines.size() != 7) {
        throw new BenchException("expected a git repository with a commit here, got: " + lines);
      }
      Person author = new Person(lines.get(3), lines.get(4));
      Person committer = new Person(lines.get(5), lines.get(6));
      return new Commit(lines.get(0), lines.get(1), lines.get(2), "", author, committer);
    }
  }

  private final ObjectNode root;

  private History(ObjectNode root) {
    this.root = root;
  }

  /** Reads the file; where there is none, the history is empty. */
  public static History read(Path file) {
    try {
      String text = Files.exists(file) ? ResultFile.readText(file) : EMPTY;
      if (ResultFile.MAPPER.readTree(text) instanceof ObjectNode root) {
        return new History(root);
      }
      throw new BenchException(file + ": expected a history: an object with entries");
    } catch (JacksonException e) {
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

  public void append(Commit commit, List<TrackedFigure> figures, long millis) {
    root.put("lastUpdate", millis);
    ObjectNode entry = root.withObject("entries").withArray(SUITE).addObject();
    entry.set("commit", ResultFile.MAPPER.valueToTree(commit));
    entry.put("date", millis).put("tool", "customBiggerIsBetter");
    entry.set("benches", ResultFile.MAPPER.valueToTree(figures));
  }

  public void write(Path file) {
    ResultFile.write(file, root);
  }
}
