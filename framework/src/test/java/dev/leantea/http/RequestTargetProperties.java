package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RequestTargetProperties {
  private static final Path ROOT = Path.of("/srv/root");

  /** Paths made of what leads out of a directory, in every spelling. */
  @Provide
  Arbitrary<String> climbing() {
    return Arbitraries.of(
            "/", ".", "..", "/../", "%2e", "%2E", "%2f", "%5c", "%252e", "%252f", "a", "..;",
            "%c0%ae", "%00", "?")
        .list()
        .ofMaxSize(14)
        .map(parts -> "/" + String.join("", parts));
  }

  @Property(tries = 5000)
  void parse_anyPath_neverLeadsAboveTheRoot(@ForAll("climbing") String raw) {
    try {
      RequestTarget target = RequestTarget.parse(Method.GET, raw);
      List<String> segments = target.segments();
      assertThat(segments).doesNotContain("..", ".");
      Path file = ROOT.resolve("./" + String.join("/", segments).replace('\\', '/')).normalize();
      assertThat(file.startsWith(ROOT)).as("%s leads to %s", raw, file).isTrue();
    } catch (IllegalArgumentException e) {
      assertThat(raw).matches(".*(\\.|%).*");
    }
  }

  @Property
  void parse_normalizedPath_staysAsItIs(@ForAll("climbing") String raw) {
    try {
      String path = RequestTarget.parse(Method.GET, raw).path();
      assertThat(RequestTarget.parse(Method.GET, path).path()).isEqualTo(path);
    } catch (IllegalArgumentException e) {
      assertThat(raw).contains("/");
    }
  }

  @Provide
  Arbitrary<Method> methods() {
    return Arbitraries.of(Method.standard());
  }

  @Provide
  Arbitrary<String> spellings() {
    return Arbitraries.of("a", "%61", "é", "%c3%A9", "@", "%40", "{", "%7b", "%2F", "%2f", "/", ";")
        .list()
        .ofMaxSize(10)
        .map(parts -> "/" + String.join("", parts));
  }

  /** A filter that looks at the path sees what a route matches. */
  @Property
  void parse_equalSegments_equalPaths(
      @ForAll("spellings") String one, @ForAll("spellings") String other) {
    RequestTarget left = RequestTarget.parse(Method.GET, one);
    RequestTarget right = RequestTarget.parse(Method.GET, other);
    assertThat(left.path().equals(right.path()))
        .isEqualTo(left.segments().equals(right.segments()));
    RequestTarget again = RequestTarget.parse(Method.GET, left.path());
    assertThat(again.path()).isEqualTo(left.path());
    assertThat(again.segments()).isEqualTo(left.segments());
  }

  @Property
  void parse_anyText_aTargetOrARefusal(@ForAll("methods") Method method, @ForAll String raw) {
    try {
      assertThat(RequestTarget.parse(method, raw).raw()).isEqualTo(raw);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("(?s)(target|percent-encoding): .*");
    }
  }
}
