package dev.leantea.files;

import java.io.IOException;

/** Where files are looked for. Any thread. */
sealed interface FileSource permits FolderSource, JarSource {
  /** The file that a folder stands for. */
  String INDEX = "index.html";

  String WELL_KNOWN = ".well-known";

  /**
   * What a path leads to.
   *
   * @param path without a slash at its start; a folder's may end with one
   */
  Found find(String path) throws IOException;

  /** Whether a name is hidden: it begins with a dot, but for {@code .well-known} at the top. */
  static boolean isHidden(String name, boolean top) {
    return name.startsWith(".") && !(top && name.equals(WELL_KNOWN));
  }
}
