package dev.leantea.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * The attributes of a file that change with its content. Equal states of one path mean the same
 * content once the file is no longer new.
 *
 * @param modified mtime: programs may set it, and build tools give all files the same
 * @param changed ctime: the system sets it when content or attributes change; {@code modified}
 *     where the file system has none
 * @param identity device and inode, or an empty string
 */
record FileState(boolean isRegular, long size, Instant modified, Instant changed, String identity) {
  private static final String UNIX = "unix";
  private static final String UNIX_ATTRIBUTES =
      UNIX + ":isRegularFile,size,lastModifiedTime,ctime,fileKey";

  static FileState read(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains(UNIX)
        ? ofUnix(Files.readAttributes(file, UNIX_ATTRIBUTES))
        : ofBasic(Files.readAttributes(file, BasicFileAttributes.class));
  }

  private static FileState ofUnix(Map<String, Object> attributes) {
    return new FileState(
        attribute(attributes, "isRegularFile", Boolean.class),
        attribute(attributes, "size", Long.class),
        attribute(attributes, "lastModifiedTime", FileTime.class).toInstant(),
        attribute(attributes, "ctime", FileTime.class).toInstant(),
        attribute(attributes, "fileKey", Object.class).toString());
  }

  private static <T> T attribute(Map<String, Object> attributes, String name, Class<T> type) {
    return type.cast(Objects.requireNonNull(attributes.get(name), name));
  }

  private static FileState ofBasic(BasicFileAttributes attributes) {
    Instant modified = attributes.lastModifiedTime().toInstant();
    return new FileState(
        attributes.isRegularFile(),
        attributes.size(),
        modified,
        modified,
        Objects.requireNonNullElse(attributes.fileKey(), "").toString());
  }

  /** The time of the last change that is known of. */
  Instant latest() {
    return changed.isAfter(modified) ? changed : modified;
  }
}
