package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireCasesTest {
  private static final String EVERY_KIND_OF_LINE =
      """
      # a comment

      case a-1
      from RFC 9110 §1
      > GET / HTTP/1.1\\r\\n
      >*2 \\x41\\t\\\\
      >|
      < 200 = o\\nk
      <: A: b
      <: C: d
      < 200 head
      < 404 =
      < closed
      """;

  @Test
  void parse_everyKindOfLine() {
    List<WireCase> cases = WireCases.parse("topic", EVERY_KIND_OF_LINE);
    assertThat(cases).hasSize(1);
    WireCase only = cases.getFirst();
    assertThat(only).hasToString("topic/a-1");
    assertThat(only.source()).isEqualTo("RFC 9110 §1");
    assertThat(new String(only.request(), StandardCharsets.ISO_8859_1))
        .isEqualTo("GET / HTTP/1.1\r\nA\t\\A\t\\");
    assertThat(only.halfClose()).isTrue();
    assertThat(only.open()).isFalse();
    assertThat(only.answers())
        .containsExactly(
            new WireCase.Answer(200, false, Optional.of("o\nk"), List.of("A: b", "C: d")),
            new WireCase.Answer(200, true, Optional.empty(), List.of()),
            new WireCase.Answer(404, false, Optional.of(""), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "> GET\n",
        "case A\n",
        "case a\ncase b\n",
        "case a\n> GET\n< 400\n< closed\n",
        "case a\nfrom x\n< 400\n< closed\n",
        "case a\nfrom x\n> GET\n< closed\n",
        "case a\nfrom x\n> GET\n< 400\n",
        "case a\nfrom x\n> \\q\n",
        "case a\nfrom x\n> é\n",
        "case a\nfrom x\n< 99\n",
        "case a\nfrom x\nsomething\n",
      })
  void parse_malformed_refused(String document) {
    assertThatThrownBy(() -> WireCases.parse("topic", document))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("topic.wire");
  }

  @Test
  void all_names_areUniqueInTheirTopic() {
    assertThat(WireCases.all().stream().map(WireCase::toString)).doesNotHaveDuplicates();
    assertThat(WireCases.all()).hasSizeGreaterThan(200);
  }

  @Test
  void topics_areTheDocuments() throws IOException, URISyntaxException {
    Path folder = Path.of(Objects.requireNonNull(WireCases.class.getResource("/wire")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".wire", "")))
          .containsExactlyInAnyOrderElementsOf(WireCases.TOPICS);
    }
  }
}
