package dev.leantea.forms;

import dev.leantea.http.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A field or a file of a form. One thread. */
public final class Part {
  private final String name;
  private final Optional<String> fileName;
  private final MediaType mediaType;
  private final byte[] memory;
  private final @Nullable Path file;
  private final long size;

  private Part(
      String name,
      Optional<String> fileName,
      MediaType mediaType,
      byte[] memory,
      @Nullable Path file,
      long size) {
    this.name = name;
    this.fileName = fileName;
    this.mediaType = mediaType;
    this.memory = memory;
    this.file = file;
    this.size = size;
  }

  static Part inMemory(
      String name, Optional<String> fileName, MediaType mediaType, byte[] content) {
    return new Part(name, fileName, mediaType, content, null, content.length);
  }

  static Part inFile(
      String name, Optional<String> fileName, MediaType mediaType, Path file, long size) {
    return new Part(name, fileName, mediaType, new byte[0], file, size);
  }

  /** The field's name. */
  public String name() {
    return name;
  }

  /**
   * The file's name as the client has it, without folders; empty for a field that is no file. It is
   * the client's choice: do not use it as a path.
   */
  public Optional<String> fileName() {
    return fileName;
  }

  /** As the client said, {@code text/plain} or {@code application/octet-stream} if it did not. */
  public MediaType mediaType() {
    return mediaType;
  }

  /** In octets. */
  public long size() {
    return size;
  }

  /** Whether it lies in memory, and not in a temporary file. */
  public boolean isInMemory() {
    return file == null;
  }

  /** The content, from its start. Good until the form is closed. */
  public InputStream stream() throws IOException {
    return file == null ? new ByteArrayInputStream(memory) : Files.newInputStream(file);
  }

  /** The content, all in memory. */
  public byte[] bytes() throws IOException {
    return file == null ? memory.clone() : Files.readAllBytes(file);
  }

  /** The content as text, in the charset of its media type (UTF-8 by default). */
  public String text() throws IOException {
    return new String(bytes(), mediaType.charset());
  }

  /** Keeps the content as this file, in place of what was there. */
  public void saveAs(Path target) throws IOException {
    if (file == null) {
      Files.write(target, memory);
    } else {
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Deletes the temporary file. */
  void delete() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
