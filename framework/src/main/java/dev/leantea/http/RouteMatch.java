package dev.leantea.http;

/**
 * The route that a request matched.
 *
 * @param pattern as {@code /users/{id}}; empty outside of a router
 */
record RouteMatch(String pattern, PathParameters parameters) {
  static final RouteMatch NONE = new RouteMatch("", PathParameters.NONE);
}
