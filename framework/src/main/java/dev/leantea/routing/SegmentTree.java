package dev.leantea.routing;

import dev.leantea.http.Method;
import dev.leantea.routing.PathPattern.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes by segment. A literal wins over a {@code {parameter}}, that over a {@code {rest...}};
 * where the better branch ends in nothing, the next one is tried.
 *
 * <pre>
 *  "" ─┬─ "users" ─┬─ (end)        GET /users
 *      │           └─ {id} ─ (end) GET, DELETE /users/{id}
 *      └─ "files" ── {path...}     GET /files/{path...}
 * </pre>
 *
 * <p>Built by one thread, then only read, by any.
 */
final class SegmentTree {
  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    @Nullable Node parameter;
    final Map<Method, Route> routes = new HashMap<>();
    final Map<Method, Route> rest = new HashMap<>();

    Node parameterOrNew() {
      if (parameter == null) {
        parameter = new Node();
      }
      return parameter;
    }
  }

  private final Node root = new Node();

  /**
   * Adds a route.
   *
   * @throws IllegalArgumentException when another route matches the same requests
   */
  void add(Route route) {
    Node node = root;
    for (Segment segment : route.pattern().segments()) {
      switch (segment) {
        case Segment.Literal(String value) ->
            node = node.literals.computeIfAbsent(value, _ -> new Node());
        case Segment.Parameter _ -> node = node.parameterOrNew();
        case Segment.Rest _ -> {
          put(node.rest, route);
          return;
        }
      }
    }
    put(node.routes, route);
  }

  private static void put(Map<Method, Route> routes, Route route) {
    Route other = routes.putIfAbsent(route.method(), route);
    if (other != null) {
      throw new IllegalArgumentException(
          "route: expected one for each request, got both " + other + " and " + route);
    }
  }

  /** Finds the routes of a path's decoded segments, and of them the one for the method. */
  Match match(Method method, List<String> segments) {
    var search = new Search(method, segments);
    Route route = search.find(root, 0);
    if (route != null) {
      return new Match.Found(route, search.values);
    }
    return search.others.isEmpty() ? new Match.NoPath() : new Match.OtherMethods(search.others);
  }

  /** One search through the tree. */
  private static final class Search {
    private final Method method;
    private final List<String> segments;

    /** What the placeholders of the branch matched. */
    final List<String> values = new ArrayList<>(4);

    /** Routes of the path for other methods. */
    final List<Route> others = new ArrayList<>(0);

    Search(Method method, List<String> segments) {
      this.method = method;
      this.segments = segments;
    }

    @Nullable Route find(Node node, int at) {
      if (at == segments.size()) {
        return pick(node.routes);
      }
      Node literal = node.literals.get(segments.get(at));
      Route route = literal == null ? null : find(literal, at + 1);
      if (route == null && node.parameter != null) {
        route = findParameter(node.parameter, at);
      }
      return route == null && !node.rest.isEmpty() ? findRest(node, at) : route;
    }

    private @Nullable Route findParameter(Node parameter, int at) {
      String segment = segments.get(at);
      if (segment.isEmpty()) {
        return null;
      }
      values.add(segment);
      Route route = find(parameter, at + 1);
      if (route == null) {
        values.removeLast();
      }
      return route;
    }

    private @Nullable Route findRest(Node node, int at) {
      Route route = pick(node.rest);
      if (route != null) {
        values.add(String.join("/", segments.subList(at, segments.size())));
      }
      return route;
    }

    private @Nullable Route pick(Map<Method, Route> routes) {
      Route route = routes.get(method);
      if (route == null && method.equals(Method.HEAD)) {
        route = routes.get(Method.GET);
      }
      if (route == null) {
        others.addAll(routes.values());
      }
      return route;
    }
  }
}
