package dev.leantea.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What tells a file's content from an earlier one (RFC 9110 §8.8).
 *
 * @param size in octets
 * @param lastModified to the second, as fields have it
 * @param etag from time and size; weak while the file is so new that it might change once more
 *     within the grain of its time
 */
public record FileVersion(long size, Instant lastModified, String etag) {
  /** Coarser than the clock of any file system in use. */
  private static final Duration GRAIN = Duration.ofSeconds(2);

  /**
   * Reads a file's attributes.
   *
   * @throws HttpException 404 when it is no regular file that can be read
   */
  public static FileVersion of(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile() || !Files.isReadable(file)) {
        throw new HttpException(404, "not found");
      }
      return of(attributes.size(), attributes.lastModifiedTime().toInstant(), Instant.now());
    } catch (NoSuchFileException e) {
      throw new HttpException(404, "not found", e);
    }
  }

  static FileVersion of(long size, Instant modified, Instant now) {
    boolean strong = modified.plus(GRAIN).isBefore(now);
    String tag = "\"%x-%x-%x\"".formatted(modified.getEpochSecond(), modified.getNano(), size);
    Instant seconds = modified.truncatedTo(ChronoUnit.SECONDS);
    return new FileVersion(size, seconds, strong ? tag : "W/" + tag);
  }
}
