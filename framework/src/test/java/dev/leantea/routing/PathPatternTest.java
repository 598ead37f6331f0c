package dev.leantea.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.routing.PathPattern.Segment.Literal;
import dev.leantea.routing.PathPattern.Segment.Parameter;
import dev.leantea.routing.PathPattern.Segment.Rest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
  @Test
  void parse_everyKindOfSegment() {
    PathPattern pattern = PathPattern.parse("/users/{id}/a%20b/{rest...}");
    assertThat(pattern.segments())
        .containsExactly(
            new Literal("users"), new Parameter("id"), new Literal("a b"), new Rest("rest"));
    assertThat(pattern.names()).containsExactly("id", "rest");
    assertThat(pattern).hasToString("/users/{id}/a%20b/{rest...}");
  }

  @Test
  void parse_root_oneEmptySegment() {
    assertThat(PathPattern.parse("/").segments()).containsExactly(new Literal(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "{a}",
        "/{",
        "/}",
        "/{}",
        "/{...}",
        "/a{b}",
        "/{a}b",
        "/{a}{b}",
        "/{a b}",
        "/{a-b}",
        "/{a...}/b",
        "/{a...}/",
        "/{a}/{a}",
        "/{a}/{a...}",
        "/a?b",
        "/a#b",
        "/.",
        "/..",
        "/a/../b",
        "/%zz",
        "/{a..}"
      })
  void parse_malformed_refused(String text) {
    assertThatThrownBy(() -> PathPattern.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users/:id",
        "/:id",
        "/*",
        "/files/**",
        "/files/*path",
        "/users/<id>",
        "/users/<int:id>",
        "/users/{id:[0-9]+}",
        "/users/{id:\\d+}",
        "/users/{id?}",
        "/users/{*path}",
        "/users/{path*}",
        "/users/{}",
        "/users/[id]",
        "/users/(a|b)",
        "/{id}.json",
        "/^users$"
      })
  void parse_patternOfAnotherFramework_messageShowsOurs(String text) {
    assertThatThrownBy(() -> PathPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{name} for a whole segment or {name...} for the rest of the path")
        .message()
        .endsWith("in \"" + text + "\"")
        .doesNotContain("\n");
  }

  @Test
  void parse_foreignCharacterEncoded_isALiteral() {
    assertThat(PathPattern.parse("/%3Aid/%2A/a:b/%7Bid%7D").segments())
        .containsExactly(
            new Literal(":id"), new Literal("*"), new Literal("a:b"), new Literal("{id}"));
  }

  @Test
  void parse_empty_messageQuotesIt() {
    assertThatThrownBy(() -> PathPattern.parse(""))
        .hasMessage("route: expected a path that starts with /, got \"\"");
  }

  @Test
  void below_prefix() {
    assertThat(PathPattern.parse("/users").below("/api")).hasToString("/api/users");
    assertThat(PathPattern.parse("/").below("/api")).hasToString("/api");
    assertThat(PathPattern.parse("/users").below("")).hasToString("/users");
  }

  @ParameterizedTest
  @CsvSource({"/, ''", "/api, /api", "/api/, /api", "/api//, /api", "/{v}/, /{v}"})
  void asPrefix_hasNoSlashAtItsEnd(String text, String prefix) {
    assertThat(PathPattern.parse(text).asPrefix()).isEqualTo(prefix);
  }
}
