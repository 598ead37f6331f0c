package dev.leantea.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.routing.PathPattern.Segment.Literal;
import dev.leantea.routing.PathPattern.Segment.Parameter;
import dev.leantea.routing.PathPattern.Segment.Rest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  @Test
  void below_prefix() {
    assertThat(PathPattern.parse("/users").below("/api")).hasToString("/api/users");
    assertThat(PathPattern.parse("/").below("/api")).hasToString("/api");
    assertThat(PathPattern.parse("/users").below("")).hasToString("/users");
  }
}
