package dev.leantea.routing;

import dev.leantea.http.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the builders of one router, those of its groups among them, have collected. */
final class Draft {
  private final List<Route> routes = new ArrayList<>();
  private final ExceptionHandlers exceptions = new ExceptionHandlers();
  private Optional<Handler> notFound = Optional.empty();
  private Optional<Handler> methodNotAllowed = Optional.empty();

  void add(Route route) {
    routes.add(route);
  }

  void notFound(Handler handler) {
    notFound = Optional.of(handler);
  }

  void methodNotAllowed(Handler handler) {
    methodNotAllowed = Optional.of(handler);
  }

  ExceptionHandlers exceptions() {
    return exceptions;
  }

  /** The routes with their filters. */
  List<Route> routes() {
    return routes.stream().map(route -> route.filtered(exceptions::around)).toList();
  }

  Optional<Handler> notFound() {
    return notFound;
  }

  Optional<Handler> methodNotAllowed() {
    return methodNotAllowed;
  }
}
