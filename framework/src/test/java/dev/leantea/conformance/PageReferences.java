package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a page of the documentation names: cases, and tests with or without a method. */
record PageReferences(Path page) {
  private static final Path TESTS = Path.of("src/test/java");
  private static final Pattern CASE = Pattern.compile("`([a-z0-9-]+/[a-z0-9-]+)`");

  private List<MatchResult> matches(Pattern pattern) throws IOException {
    return pattern.matcher(Files.readString(page)).results().toList();
  }

  /** The cases, as {@code topic/name}. */
  List<String> cases() throws IOException {
    return matches(CASE).stream().map(it -> it.group(1)).toList();
  }

  /**
   * Fails when a test that is named does not exist.
   *
   * @param tests finds a class as group 1 and a method, or none, as group 2
   * @return how many are named
   */
  int requireTests(Pattern tests) throws IOException {
    List<MatchResult> named = matches(tests);
    for (MatchResult reference : named) {
      String source = source(reference.group(1));
      if (reference.group(2) != null) {
        assertThat(source).contains("void " + reference.group(2) + "(");
      }
    }
    return named.size();
  }

  private static String source(String name) throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      Path file =
          files
              .filter(it -> it.getFileName().toString().equals(name + ".java"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("expected a test class " + name));
      return Files.readString(file);
    }
  }
}
