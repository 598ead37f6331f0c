package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/HTTP2.md names cases and tests that exist, and the documents of cases are complete. */
class Http2DocumentTest {
  private static final Path PAGE = Path.of("../docs/HTTP2.md");
  private static final Path TESTS = Path.of("src/test/java");

  private static final Pattern CASE = Pattern.compile("`([a-z0-9-]+/[a-z0-9-]+)`");
  private static final Pattern TEST =
      Pattern.compile("`(Http2\\w+(?:Test|Contract)|Hpack\\w+)(?:\\.(\\w+))?`");

  private static List<MatchResult> references(Pattern pattern) throws IOException {
    return pattern.matcher(Files.readString(PAGE)).results().toList();
  }

  @Test
  void cases_named_exist() throws IOException {
    Set<String> cases =
        Http2Cases.all().stream().map(Http2Case::toString).collect(Collectors.toSet());
    List<String> named = references(CASE).stream().map(it -> it.group(1)).toList();
    assertThat(named).isNotEmpty().isSubsetOf(cases);
  }

  @Test
  void tests_named_exist() throws IOException {
    List<MatchResult> named = references(TEST);
    assertThat(named).hasSizeGreaterThan(20);
    for (MatchResult reference : named) {
      String source = source(reference.group(1));
      if (reference.group(2) != null) {
        assertThat(source).contains("void " + reference.group(2) + "(");
      }
    }
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

  @Test
  void cases_names_areUniqueInTheirTopic() {
    assertThat(Http2Cases.all().stream().map(Http2Case::toString)).doesNotHaveDuplicates();
    assertThat(Http2Cases.all()).hasSizeGreaterThan(200);
  }

  @Test
  void topics_areTheDocuments() throws IOException, URISyntaxException {
    var folder = Objects.requireNonNull(Http2Cases.class.getResource("/wire-http2"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".frames", "")))
          .containsExactlyInAnyOrderElementsOf(Http2Cases.TOPICS);
    }
  }
}
