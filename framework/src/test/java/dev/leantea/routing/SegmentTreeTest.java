package dev.leantea.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentTreeTest {
  private static final Handler HANDLER = _ -> Response.empty(200);

  private final SegmentTree tree = new SegmentTree();

  private void add(Method method, String... patterns) {
    for (String pattern : patterns) {
      tree.add(new Route(method, PathPattern.parse(pattern), Scope.NO_FILTER, HANDLER));
    }
  }

  private String match(Method method, String... segments) {
    return switch (tree.match(method, List.of(segments))) {
      case Match.Found(Route route, List<String> values) -> route.pattern() + " " + values;
      case Match.OtherMethods(var routes) -> "others " + routes;
      case Match.NoPath() -> "none";
      case Match.UnknownMethod() -> "unknown";
    };
  }

  @Test
  void match_literalBeforeParameterBeforeRest() {
    add(Method.GET, "/{a...}", "/{a}", "/x");
    assertThat(match(Method.GET, "x")).isEqualTo("/x []");
    assertThat(match(Method.GET, "y")).isEqualTo("/{a} [y]");
    assertThat(match(Method.GET, "x", "y")).isEqualTo("/{a...} [x/y]");
    assertThat(match(Method.GET, "")).isEqualTo("/{a...} []");
  }

  @Test
  void match_betterBranchEndsInNothing_nextIsTried() {
    add(Method.GET, "/a/b/c", "/a/{x}/d", "/{y...}");
    assertThat(match(Method.GET, "a", "b", "c")).isEqualTo("/a/b/c []");
    assertThat(match(Method.GET, "a", "b", "d")).isEqualTo("/a/{x}/d [b]");
    assertThat(match(Method.GET, "a", "b", "e")).isEqualTo("/{y...} [a/b/e]");
  }

  @Test
  void match_otherMethodOnTheBetterBranch_nextIsTried() {
    add(Method.POST, "/a");
    add(Method.GET, "/{x}");
    assertThat(match(Method.GET, "a")).isEqualTo("/{x} [a]");
    assertThat(match(Method.PUT, "a")).isEqualTo("others [POST /a, GET /{x}]");
  }

  @Test
  void match_emptySegment_isNoParameter() {
    add(Method.GET, "/a/{x}", "/b/{x...}");
    assertThat(match(Method.GET, "a", "")).isEqualTo("none");
    assertThat(match(Method.GET, "b", "")).isEqualTo("/b/{x...} []");
    assertThat(match(Method.GET, "b")).isEqualTo("none");
  }

  @Test
  void match_headFromGet_andNoOther() {
    add(Method.GET, "/a");
    add(Method.HEAD, "/b");
    assertThat(match(Method.HEAD, "a")).isEqualTo("/a []");
    assertThat(match(Method.GET, "b")).isEqualTo("others [HEAD /b]");
    assertThat(match(Method.OPTIONS, "a")).isEqualTo("others [GET /a]");
    assertThat(match(Method.OPTIONS, "c")).isEqualTo("none");
  }

  @Test
  void add_twoForTheSameRequests_refused() {
    add(Method.GET, "/a/{x}", "/{x...}");
    add(Method.POST, "/a/{y}");
    assertThatThrownBy(() -> add(Method.GET, "/a/{y}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/a/{x}")
        .hasMessageContaining("/a/{y}");
    assertThatThrownBy(() -> add(Method.GET, "/{y...}"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
