package dev.leantea.bench.harness.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Jars inside of the runnable jar: what only the harness needs, so that no start of a server reads
 * the list of its files.
 */
public final class NestedJars {
  private NestedJars() {}

  /** Copies the jars in a folder of the runnable jar out of it. */
  public static List<Path> unpack(String nested, Path target) {
    List<Path> jars = new ArrayList<>();
    try (JarFile jar = new JarFile(JavaCommand.codeSource().toFile())) {
      for (JarEntry entry : jar.stream().filter(it -> isJarIn(nested, it)).toList()) {
        Path copy = target.resolve(Path.of(entry.getName()).getFileName());
        try (InputStream bytes = jar.getInputStream(entry)) {
          Files.copy(bytes, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        jars.add(copy);
      }
      return jars;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + nested, e);
    }
  }

  private static boolean isJarIn(String nested, JarEntry entry) {
    return entry.getName().startsWith(nested + "/") && entry.getName().endsWith(".jar");
  }
}
