package dev.leantea.routing;

import dev.leantea.http.Method;
import dev.leantea.routing.PathPattern.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
    var values = new ArrayList<String>(4);
    Set<Method> allowed = new TreeSet<>();
    Route route = find(root, segments, 0, method, values, allowed);
    if (route != null) {
      return new Match.Found(route, values);
    }
    if (allowed.isEmpty()) {
      return new Match.Nothing();
    }
    Set<Method> answer = withImplied(allowed);
    return method.equals(Method.OPTIONS)
        ? new Match.Options(answer)
        : new Match.WrongMethod(answer);
  }

  /** Every method of every route: what OPTIONS * answers. */
  Set<Method> methods() {
    Set<Method> methods = new TreeSet<>();
    collect(root, methods);
    return withImplied(methods);
  }

  private static void collect(Node node, Set<Method> methods) {
    methods.addAll(node.routes.keySet());
    methods.addAll(node.rest.keySet());
    node.literals.values().forEach(child -> collect(child, methods));
    if (node.parameter != null) {
      collect(node.parameter, methods);
    }
  }

  /** GET answers HEAD too (RFC 9110 §9.3.2), and OPTIONS is answered for every path. */
  private static Set<Method> withImplied(Set<Method> methods) {
    Set<Method> all = new TreeSet<>(methods);
    if (all.contains(Method.GET)) {
      all.add(Method.HEAD);
    }
    all.add(Method.OPTIONS);
    return Collections.unmodifiableSet(all);
  }

  private static @Nullable Route find(
      Node node,
      List<String> segments,
      int at,
      Method method,
      List<String> values,
      Set<Method> allowed) {
    if (at == segments.size()) {
      return pick(node.routes, method, allowed);
    }
    String segment = segments.get(at);
    Node literal = node.literals.get(segment);
    Route route = literal == null ? null : find(literal, segments, at + 1, method, values, allowed);
    if (route == null && node.parameter != null && !segment.isEmpty()) {
      values.add(segment);
      route = find(node.parameter, segments, at + 1, method, values, allowed);
      if (route == null) {
        values.removeLast();
      }
    }
    if (route == null && !node.rest.isEmpty()) {
      route = pick(node.rest, method, allowed);
      if (route != null) {
        values.add(String.join("/", segments.subList(at, segments.size())));
      }
    }
    return route;
  }

  private static @Nullable Route pick(
      Map<Method, Route> routes, Method method, Set<Method> allowed) {
    Route route = routes.get(method);
    if (route == null && method.equals(Method.HEAD)) {
      route = routes.get(Method.GET);
    }
    if (route == null) {
      allowed.addAll(routes.keySet());
    }
    return route;
  }
}
