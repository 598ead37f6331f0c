package dev.leantea.typed;

import dev.leantea.http.Method;
import dev.leantea.routing.PathPattern;
import dev.leantea.routing.PathPattern.Segment;
import dev.leantea.typed.Declaration.CodecUse;
import dev.leantea.typed.Declaration.Component;
import dev.leantea.typed.Declaration.Kind;
import dev.leantea.typed.Declaration.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks declarations of routes. Used by the annotation processor at compile time and by {@link
 * Routes#of} when the application starts, so that both report the same messages.
 */
final class RouteRules {
  /** RFC 9110 §9.3.6: CONNECT has no path to match. */
  private static final List<Method> METHODS =
      Method.standard().stream().filter(method -> !method.equals(Method.CONNECT)).toList();

  /** RFC 9110 §9.3: content in these has no meaning, or is forbidden. */
  private static final Set<Method> WITHOUT_BODY =
      Set.of(Method.GET, Method.HEAD, Method.OPTIONS, Method.TRACE);

  /** An error in a declaration: in one component, or, if that is null, in the route. */
  record Problem(Declaration declaration, @Nullable Component component, String message) {}

  private final List<Problem> problems = new ArrayList<>();
  private final Map<RouteKey, Declaration> seen = new HashMap<>();

  private RouteRules() {}

  /** All errors in the routes of one sealed interface. */
  static List<Problem> check(List<Declaration> declarations) {
    var rules = new RouteRules();
    declarations.forEach(rules::check);
    return List.copyOf(rules.problems);
  }

  private void check(Declaration route) {
    Mapping mapping = route.mapping();
    if (route.kind() != Kind.RECORD) {
      report(route, "expected a record, got " + route.kind().text);
    } else if (mapping == null) {
      report(route, "expected @Path, got none");
    } else {
      checkMapping(route, mapping);
      checkBodies(route, mapping);
    }
  }

  private void checkMapping(Declaration route, Mapping mapping) {
    Optional<Method> method = method(mapping.method());
    if (method.isEmpty()) {
      report(route, "expected a method of " + METHODS + ", got " + mapping.method());
    }
    try {
      PathPattern pattern = pattern(mapping.pattern());
      checkPlaceholders(route, pattern);
      method.ifPresent(known -> checkUnique(route, new RouteKey(known, pattern)));
    } catch (IllegalArgumentException e) {
      report(route, withoutPrefix(e));
    }
    checkTypes(route);
  }

  private static Optional<Method> method(String name) {
    return METHODS.stream().filter(method -> method.name().equals(name)).findFirst();
  }

  /**
   * Parses a pattern that links can be made from.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  private static PathPattern pattern(String text) {
    if (text.startsWith("//")) {
      // RFC 3986 §4.2: as a link it would lead to another host.
      throw new IllegalArgumentException(
          "expected a path that does not start with //, got " + text);
    }
    PathPattern pattern = PathPattern.parse(text);
    for (Segment segment : pattern.segments()) {
      if (segment instanceof Segment.Literal(String value)) {
        PathText.fault(value)
            .ifPresent(
                fault -> {
                  throw new IllegalArgumentException(
                      "expected segments that can be asked for, got " + fault + " in " + text);
                });
      }
    }
    return pattern;
  }

  private static String withoutPrefix(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("route: ") ? message.substring("route: ".length()) : message;
  }

  private void checkPlaceholders(Declaration route, PathPattern pattern) {
    for (Segment segment : pattern.segments()) {
      switch (segment) {
        case Segment.Literal _ -> {}
        case Segment.Parameter(String name) ->
            checkPlaceholder(route, name, "{" + name + "}", false);
        case Segment.Rest(String name) -> checkPlaceholder(route, name, "{" + name + "...}", true);
      }
    }
  }

  private void checkPlaceholder(Declaration route, String name, String shown, boolean rest) {
    if (!route.has(name)) {
      report(route, "expected a component for " + shown + ", got " + names(route));
    }
    for (Component component : route.components()) {
      if (component.name().equals(name)) {
        checkPathValue(route, component, shown, rest);
      }
    }
  }

  private static String names(Declaration route) {
    return route.components().stream()
        .map(Component::name)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private void checkPathValue(Declaration route, Component component, String shown, boolean rest) {
    ValueType type = component.type();
    if (component.body()) {
      report(route, component, "expected a value for " + shown + ", got the @Body");
    } else if (type.isSupported() && !type.isSingle()) {
      report(route, component, "expected one value for " + shown + ", got " + type.text());
    } else if (rest && type.isSupported() && !type.isText()) {
      report(
          route,
          component,
          "expected String or a type with @Coded for " + shown + ", got " + type.text());
    }
  }

  private void checkTypes(Declaration route) {
    for (Component component : route.components()) {
      if (component.body()) {
        continue;
      }
      if (!component.type().isSupported()) {
        String got = component.type().text();
        report(route, component, "expected " + ValueType.SUPPORTED + ", got " + got);
      }
      CodecUse codec = component.codec();
      if (codec != null) {
        checkCodec(route, component, codec);
      }
    }
  }

  private void checkCodec(Declaration route, Component component, CodecUse codec) {
    ValueType values = codec.values();
    ValueType wanted = component.type().single();
    if (!codec.constructible()) {
      report(
          route, component, codec.name() + ": expected a constructor without arguments, got none");
    }
    if (values != null && !wanted.isReadAs(values)) {
      report(
          route,
          component,
          "expected a Codec of %s, got %s, a Codec of %s"
              .formatted(wanted.text(), codec.name(), values.text()));
    }
  }

  private void checkBodies(Declaration route, Mapping mapping) {
    List<Component> bodies = route.components().stream().filter(Component::body).toList();
    if (bodies.size() > 1) {
      report(route, bodies.get(1), "expected one @Body, got " + bodies.size());
    }
    if (!bodies.isEmpty() && method(mapping.method()).filter(WITHOUT_BODY::contains).isPresent()) {
      report(route, bodies.getFirst(), "expected no @Body, for " + mapping.method() + " has none");
    }
  }

  private void checkUnique(Declaration route, RouteKey key) {
    Declaration other = seen.putIfAbsent(key, route);
    if (other != null) {
      report(
          route,
          "expected one route for each request, got both %s of %s and %s of %s"
              .formatted(show(other), other.name(), show(route), route.name()));
    }
  }

  private static String show(Declaration route) {
    Mapping mapping = route.mapping();
    return mapping == null ? route.name() : mapping.method() + " " + mapping.pattern();
  }

  private void report(Declaration route, String message) {
    problems.add(new Problem(route, null, "route " + route.name() + ": " + message));
  }

  private void report(Declaration route, Component component, String message) {
    String where = "route " + route.name() + ", component " + component.name() + ": ";
    problems.add(new Problem(route, component, where + message));
  }
}
