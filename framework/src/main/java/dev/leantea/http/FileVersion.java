package dev.leantea.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What distinguishes a file's content from an earlier one (RFC 9110 §8.8).
 *
 * @param size in bytes
 * @param lastModified to the second, as header fields have it. Do not rely on it alone: build tools
 *     give files of a container image one fixed time, whatever is in them
 * @param etag the entity tag, with its quotes. Up to 1 MiB it is a hash of the content, the same on
 *     every machine. For a larger file it is made of its times (also the one that programs cannot
 *     set, where the file system has it) and its size; it is then weak during the first two seconds
 *     after a change, for the file might change once more without a change of its times
 */
public record FileVersion(long size, Instant lastModified, String etag) {
  /**
   * Reads a file's attributes, and its content the first time that it is asked for. Blocks.
   *
   * @throws HttpException 404 when it is not a regular file that can be read
   */
  public static FileVersion of(Path file) throws IOException {
    try {
      FileState state = FileState.read(file);
      if (!state.isRegular() || !Files.isReadable(file)) {
        throw new HttpException(404, "not found");
      }
      Instant seconds = state.modified().truncatedTo(ChronoUnit.SECONDS);
      return new FileVersion(state.size(), seconds, FileTags.of(file, state, Instant.now()));
    } catch (NoSuchFileException e) {
      throw new HttpException(404, "not found", e);
    }
  }
}
