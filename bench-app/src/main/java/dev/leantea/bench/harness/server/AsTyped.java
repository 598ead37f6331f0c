package dev.leantea.bench.harness.server;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Commands and messages without the places that they have on this machine, as somebody would type
 * them elsewhere: {@code /opt/jdk/bin/java -jar /home/me/bench-app.jar} is {@code java -jar
 * bench-app.jar}.
 */
public final class AsTyped {
  /** Stands for a class path, which is long and says nothing. */
  private static final String CLASS_PATH = "CLASSPATH";

  /** What is replaced and by what; the first that fits comes first. */
  private final Map<String, String> replacements = new LinkedHashMap<>();

  /** For a run with this folder of temporary files. */
  public AsTyped(Path workspace) {
    String classPath = System.getProperty("java.class.path", "");
    if (classPath.contains(File.pathSeparator)) {
      replacements.put(classPath, CLASS_PATH);
    }
    drop(workspace);
    drop(Path.of(System.getProperty("java.home"), "bin"));
    if (JavaCommand.fromJar()) {
      drop(JavaCommand.codeSource().resolveSibling(""));
    }
    drop(Path.of("").toAbsolutePath());
    drop(Path.of(System.getProperty("java.io.tmpdir")));
    drop(Path.of(System.getProperty("user.home")));
  }

  private void drop(Path folder) {
    if (folder.isAbsolute() && folder.getNameCount() > 0) {
      replacements.put(folder + "/", "");
    }
  }

  /** A line of text. */
  public String line(String text) {
    String typed = text;
    for (Map.Entry<String, String> replacement : replacements.entrySet()) {
      typed = typed.replace(replacement.getKey(), replacement.getValue());
    }
    return typed;
  }

  /** The words of a command. */
  public List<String> words(List<String> command) {
    return command.stream().map(this::line).toList();
  }
}
