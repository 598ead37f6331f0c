package dev.leantea.typed;

import dev.leantea.http.Method;
import dev.leantea.routing.PathPattern;
import dev.leantea.routing.PathPattern.Segment;
import java.util.List;

/**
 * What a route answers: two routes with equal keys match the same requests.
 *
 * @param segments of the pattern, without the placeholders' names
 */
record RouteKey(Method method, List<Segment> segments) {
  RouteKey(Method method, PathPattern pattern) {
    this(method, pattern.segments().stream().map(RouteKey::unnamed).toList());
  }

  private static Segment unnamed(Segment segment) {
    return switch (segment) {
      case Segment.Literal literal -> literal;
      case Segment.Parameter _ -> new Segment.Parameter("");
      case Segment.Rest _ -> new Segment.Rest("");
    };
  }
}
