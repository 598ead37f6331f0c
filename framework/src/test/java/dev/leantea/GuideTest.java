package dev.leantea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What docs/GUIDE.md shows of the example application is in its sources. {@code .ci/examples}
 * builds and tests both the example and the project of the guide's first part.
 */
final class GuideTest {
  private static final Path EXAMPLE = SourceFiles.ROOT.resolve("docs/examples/expenses");
  private static final Pattern SNIPPET =
      Pattern.compile("```(?:java|js)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  private static String guide() throws IOException {
    return Files.readString(SourceFiles.ROOT.resolve("docs/GUIDE.md"));
  }

  /** The lines without their indentation, which differs. */
  private static String normalized(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n", "\n", "\n"));
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLE.resolve("src"))) {
      return files
          .filter(it -> it.toString().matches(".*\\.(java|js)"))
          .map(GuideTest::read)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return normalized(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void snippetsOfTheExample_areInItsSources() throws IOException {
    String guide = guide();
    String second = guide.substring(guide.indexOf("# Part two"));
    List<String> snippets =
        SNIPPET.matcher(second).results().map(it -> normalized(it.group(1))).toList();
    List<String> sources = sources();
    assertThat(snippets).hasSizeGreaterThan(10);
    for (String snippet : snippets) {
      assertThat(sources).as(snippet).anyMatch(it -> it.contains(snippet));
    }
  }

  @Test
  void links_leadToFiles() throws IOException {
    List<String> links = LINK.matcher(guide()).results().map(it -> it.group(1)).toList();
    assertThat(links).hasSizeGreaterThan(5);
    assertThat(links)
        .allMatch(link -> Files.exists(SourceFiles.ROOT.resolve("docs").resolve(link)));
  }
}
