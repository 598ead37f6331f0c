package dev.leantea.typed;

import dev.leantea.routing.PathPattern;
import dev.leantea.routing.PathPattern.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The router's order of patterns that match the same path: at the first segment where two differ in
 * kind, a literal precedes a {@code {parameter}}, which precedes a {@code {rest...}}.
 */
final class RouteOrder {
  /** Of two patterns that match the same path, the router's choice is first. */
  static final Comparator<PathPattern> ROUTER = RouteOrder::compare;

  private RouteOrder() {}

  private static int compare(PathPattern one, PathPattern other) {
    int shared = Math.min(one.segments().size(), other.segments().size());
    for (int i = 0; i < shared; i++) {
      int order = Integer.compare(rank(one.segments().get(i)), rank(other.segments().get(i)));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.segments().size(), other.segments().size());
  }

  /** Whether some path matches both. */
  static boolean overlap(PathPattern one, PathPattern other) {
    int shared = Math.min(one.segments().size(), other.segments().size());
    for (int i = 0; i < shared; i++) {
      Segment left = one.segments().get(i);
      Segment right = other.segments().get(i);
      if (left instanceof Segment.Rest || right instanceof Segment.Rest) {
        return true;
      }
      if (left instanceof Segment.Literal(String value) && !mayBe(right, value)) {
        return false;
      }
      if (right instanceof Segment.Literal(String value) && !mayBe(left, value)) {
        return false;
      }
    }
    return one.segments().size() == other.segments().size();
  }

  private static boolean mayBe(Segment segment, String value) {
    return switch (segment) {
      case Segment.Literal(String literal) -> literal.equals(value);
      case Segment.Parameter _ -> !value.isEmpty();
      case Segment.Rest _ -> true;
    };
  }

  private static int rank(Segment segment) {
    return switch (segment) {
      case Segment.Literal _ -> 0;
      case Segment.Parameter _ -> 1;
      case Segment.Rest _ -> 2;
    };
  }

  /** The values of the placeholders in a path's decoded segments; empty when it does not match. */
  static Optional<List<String>> match(PathPattern pattern, List<String> segments) {
    var values = new ArrayList<String>();
    int at = 0;
    for (Segment part : pattern.segments()) {
      if (at == segments.size()) {
        return Optional.empty();
      }
      String segment = segments.get(at++);
      switch (part) {
        case Segment.Literal(String value) when value.equals(segment) -> {}
        case Segment.Parameter _ when !segment.isEmpty() -> values.add(segment);
        case Segment.Rest _ -> {
          values.add(String.join("/", segments.subList(at - 1, segments.size())));
          return Optional.of(values);
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    return at == segments.size() ? Optional.of(values) : Optional.empty();
  }
}
