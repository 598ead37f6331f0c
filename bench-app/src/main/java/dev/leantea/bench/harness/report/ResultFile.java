package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the files of a run. */
public final class ResultFile {
  /** Indented: people read these files too. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ResultFile() {}

  public static void write(Path file, Object value) {
    writeText(file, MAPPER.writeValueAsString(value) + "\n");
  }

  /** Writes text, and the folder that the file is in. */
  public static void writeText(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new BenchException("cannot write " + file + ": " + e, e);
    }
  }

  public static String readText(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new BenchException("cannot read " + file + ": " + e, e);
    }
  }

  public static Results read(Path file) {
    try {
      JsonNode json = MAPPER.readTree(readText(file));
      if (json.path("format").asInt(0) == Results.FORMAT) {
        return MAPPER.treeToValue(json, Results.class);
      }
      throw new BenchException(
          "%s: expected results of format %d, got format %s; measure again with this version"
              .formatted(file, Results.FORMAT, json.path("format").asString("none")));
    } catch (JacksonException e) {
      throw new BenchException(file + ": expected the JSON of a run, got " + e.getMessage(), e);
    }
  }
}
