package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/HTTP2.md names cases and tests that exist, and the documents of cases are complete. */
class Http2DocumentTest {
  private static final PageReferences PAGE = new PageReferences(Path.of("../docs/HTTP2.md"));

  private static final Pattern TEST =
      Pattern.compile("`(Http2\\w+(?:Test|Contract)|Hpack\\w+)(?:\\.(\\w+))?`");

  @Test
  void cases_named_exist() throws IOException {
    Set<String> cases =
        Http2Cases.all().stream().map(Http2Case::toString).collect(Collectors.toSet());
    assertThat(PAGE.cases()).isNotEmpty().isSubsetOf(cases);
  }

  @Test
  void tests_named_exist() throws IOException {
    assertThat(PAGE.requireTests(TEST)).isGreaterThan(20);
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
