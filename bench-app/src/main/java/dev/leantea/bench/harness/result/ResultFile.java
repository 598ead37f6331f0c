package dev.leantea.bench.harness.result;

import dev.leantea.bench.harness.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@link Results} as JSON. */
public final class ResultFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ResultFile() {}

  /**
   * Writes the file, and the folder it is in.
   *
   * @throws BenchException when the file cannot be written
   */
  public static void write(Path file, Results results) throws BenchException {
    writeText(file, MAPPER.writeValueAsString(results) + "\n");
  }

  /**
   * Writes text, and the folder it is in.
   *
   * @throws BenchException when the file cannot be written
   */
  public static void writeText(Path file, String text) throws BenchException {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new BenchException("cannot write " + file + ": " + e, e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws BenchException when the file cannot be read or is something else
   */
  public static Results read(Path file) throws BenchException {
    try {
      return checked(file, MAPPER.readValue(Files.readAllBytes(file), Results.class));
    } catch (IOException e) {
      throw new BenchException("cannot read " + file + ": " + e, e);
    } catch (JacksonException e) {
      throw new BenchException(file + ": expected the JSON of a run, got " + e.getMessage(), e);
    }
  }

  private static Results checked(Path file, Results results) throws BenchException {
    if (results.format() != Results.FORMAT) {
      throw new BenchException(
          file + ": expected format " + Results.FORMAT + ", got " + results.format());
    }
    return results;
  }
}
