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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
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

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final ObjectNode root;

  private History(ObjectNode root) {
    this.root = root;
  }

  /**
   * Reads the file; where there is none, the history is empty.
   *
   * @throws BenchException when it cannot be read or is no such history
   */
  public static History read(Path file) throws BenchException {
    if (!Files.exists(file)) {
      return empty();
    }
    try {
      if (MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode root) {
        return new History(root);
      }
      throw new BenchException(file + ": expected an object with entries");
    } catch (IOException | JacksonException e) {
      throw new BenchException(file + ": expected a history in JSON, got " + e.getMessage(), e);
    }
  }

  private static History empty() {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("lastUpdate", 0).put("repoUrl", "").putObject("entries");
    return new History(root);
  }

  /** The best value that a figure had at any other commit. */
  public OptionalDouble best(String name, String commit) {
    return StreamSupport.stream(suite().spliterator(), false)
        .filter(entry -> !entry.path("commit").path("id").asString("").equals(commit))
        .flatMap(entry -> StreamSupport.stream(entry.path("benches").spliterator(), false))
        .filter(bench -> bench.path("name").asString("").equals(name))
        .mapToDouble(bench -> bench.path("value").asDouble())
        .max();
  }

  private JsonNode suite() {
    return root.path("entries").path(SUITE);
  }

  /** Adds the figures of a commit at the end, as the action does. */
  public void append(Commit commit, List<Bench> benches, long nowMillis) {
    root.put("lastUpdate", nowMillis);
    ObjectNode entry = root.withObject("entries").withArray(SUITE).addObject();
    entry.set("commit", MAPPER.valueToTree(commit));
    entry.put("date", nowMillis).put("tool", "customBiggerIsBetter");
    entry.set("benches", MAPPER.valueToTree(benches));
  }

  /**
   * Writes the file.
   *
   * @throws BenchException when it cannot be written
   */
  public void write(Path file) throws BenchException {
    ResultFile.writeText(file, MAPPER.writeValueAsString(root) + "\n");
  }

  /**
   * Writes figures in the layout that the action reads.
   *
   * @throws BenchException when the file cannot be written
   */
  public static void writePayload(Path file, List<Bench> benches) throws BenchException {
    ResultFile.writeText(file, MAPPER.writeValueAsString(benches) + "\n");
  }
}
