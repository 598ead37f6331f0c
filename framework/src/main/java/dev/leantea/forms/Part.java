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
   * The file's name on the client's machine, without folders; empty for a field that is not a file,
   * an empty string for a file input without a choice. The client chooses it: do not use it as a
   * path.
   */
  public Optional<String> fileName() {
    return fileName;
  }

  /**
   * The media type that the client sent; without one, {@code text/plain} for a field and {@code
   * application/octet-stream} for a file.
   */
  public MediaType mediaType() {
    return mediaType;
  }

  /** The content's size in bytes. */
  public long size() {
    return size;
  }

  /** Whether the content is held in memory, not in a temporary file. */
  public boolean isInMemory() {
    return file == null;
  }

  /** The content from its start; readable until the form is closed. Any number of calls. */
  public InputStream stream() throws IOException {
    return file == null ? new ByteArrayInputStream(memory) : Files.newInputStream(file);
  }

  /** The whole content, as a new array. */
  public byte[] bytes() throws IOException {
    return file == null ? memory.clone() : Files.readAllBytes(file);
  }

  /**
   * The content as text, in the charset of its media type (UTF-8 by default).
   *
   * @throws dev.leantea.http.HttpException 415 for an unknown charset
   */
  public String text() throws IOException {
    return new String(bytes(), mediaType.charset());
  }

  /** Writes the content to a file, which is replaced if it exists. */
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
