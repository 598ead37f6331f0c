package dev.leantea;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of the repository that tests read. */
final class SourceFiles {
  /** Tests run in their module's folder. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private SourceFiles() {}

  /** The Java files of all modules, tests included. */
  static List<Path> java() throws IOException {
    var files = new ArrayList<Path>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(ROOT, SourceFiles::isModule)) {
      for (Path module : modules) {
        files.addAll(find(module.resolve("src"), Integer.MAX_VALUE, ".java"));
      }
    }
    return files;
  }

  private static boolean isModule(Path path) {
    return Files.isDirectory(path.resolve("src"));
  }

  /** The Java files in a folder, which is named from the root of the repository. */
  static List<Path> java(String folder) throws IOException {
    return find(ROOT.resolve(folder), Integer.MAX_VALUE, ".java");
  }

  /** The documents: those in the root and those in docs. */
  static List<Path> pages() throws IOException {
    var files = new ArrayList<>(find(ROOT, 1, ".md"));
    files.addAll(find(ROOT.resolve("docs"), Integer.MAX_VALUE, ".md"));
    return files;
  }

  private static List<Path> find(Path folder, int depth, String ending) throws IOException {
    try (Stream<Path> tree = Files.walk(folder, depth)) {
      return tree.filter(path -> path.toString().endsWith(ending)).toList();
    }
  }
}
