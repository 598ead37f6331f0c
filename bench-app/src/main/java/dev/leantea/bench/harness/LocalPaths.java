package dev.leantea.bench.harness;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes this machine's folders from commands and messages: {@code /opt/jdk/bin/java -jar
 * /home/me/bench-app.jar} becomes {@code java -jar bench-app.jar}.
 */
final class LocalPaths {
  private static final String CLASS_PATH = System.getProperty("java.class.path", "");

  private static final String WORKING_DIRECTORY = Path.of("").toAbsolutePath() + "/";

  /** A folder that has one of these at its start. */
  private static final Pattern FOLDER =
      Pattern.compile(
          Stream.of("java.home", "java.io.tmpdir", "user.home")
              .map(name -> Path.of(System.getProperty(name)).toAbsolutePath())
              .filter(path -> path.getNameCount() > 0)
              .map(path -> Pattern.quote(path.toString()))
              .collect(Collectors.joining("|", "(?:", ")/(?:[^/\\s:]+/)*")));

  private LocalPaths() {}

  static String removedFrom(String text) {
    String named =
        CLASS_PATH.contains(File.pathSeparator) ? text.replace(CLASS_PATH, "CLASSPATH") : text;
    return FOLDER.matcher(named.replace(WORKING_DIRECTORY, "")).replaceAll("");
  }

  static List<String> removedFrom(List<String> words) {
    return words.stream().map(LocalPaths::removedFrom).toList();
  }
}
