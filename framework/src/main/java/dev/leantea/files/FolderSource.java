package dev.leantea.files;

import dev.leantea.http.FileVersion;
import dev.leantea.http.HttpException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files below a folder.
 *
 * @param root its real path
 */
record FolderSource(Path root) implements FileSource {
  static FolderSource of(Path folder) throws IOException {
    Path root = folder.toRealPath();
    if (!Files.isDirectory(root)) {
      throw new IOException("static files: expected a folder, got " + folder);
    }
    return new FolderSource(root);
  }

  @Override
  public Found find(String path) throws IOException {
    Optional<Path> file = resolve(path);
    if (file.isEmpty()) {
      return new Found.Nothing();
    }
    boolean slash = path.isEmpty() || path.endsWith("/");
    if (!Files.isDirectory(file.get())) {
      return slash ? new Found.Nothing() : found(path, file.get()); // a file is not a folder
    }
    if (!slash) {
      return new Found.Folder();
    }
    Optional<Path> index = inside(file.get().resolve(INDEX));
    return index.isPresent() ? found(path + INDEX, index.get()) : new Found.Nothing();
  }

  private static Found found(String path, Path file) throws IOException {
    try {
      return new Found.File(path, new Content.OnDisk(file, FileVersion.of(file)));
    } catch (HttpException _) {
      return new Found.Nothing(); // no regular file, or one that cannot be read
    }
  }

  private Optional<Path> resolve(String path) throws IOException {
    Path file = root;
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty()) {
        if (FileSource.isHidden(name, file.equals(root)) || !isName(name)) {
          return Optional.empty();
        }
        file = file.resolve(name);
      }
    }
    return inside(file);
  }

  /** The router has removed dot segments and refused NUL; a caller without a router may not. */
  private static boolean isName(String name) {
    return name.indexOf('\\') < 0 && name.indexOf('\0') < 0;
  }

  /** The real file, with all links followed, if it lies in the folder and is not hidden. */
  private Optional<Path> inside(Path file) throws IOException {
    try {
      Path real = file.toRealPath();
      return real.startsWith(root) && isVisible(real) ? Optional.of(real) : Optional.empty();
    } catch (FileSystemException | InvalidPathException _) {
      return Optional.empty();
    }
  }

  private boolean isVisible(Path real) {
    boolean top = true;
    for (Path name : root.relativize(real)) {
      if (FileSource.isHidden(name.toString(), top)) {
        return false;
      }
      top = false;
    }
    return true;
  }
}
