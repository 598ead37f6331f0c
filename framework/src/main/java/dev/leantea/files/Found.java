package dev.leantea.files;

/** What a path leads to. */
sealed interface Found {
  /**
   * A file.
   *
   * @param path of it, with the name of a folder's index
   */
  record File(String path, Content content) implements Found {}

  /** A folder, whose path has no slash at its end. */
  record Folder() implements Found {}

  /** Nothing that may be seen. */
  record Nothing() implements Found {}
}
