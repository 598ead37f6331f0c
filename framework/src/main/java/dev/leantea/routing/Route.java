package dev.leantea.routing;

import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.PathParameters;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One method of one pattern.
 *
 * @param names of the pattern's placeholders, in order
 * @param scope the filters around it
 */
record Route(Method method, PathPattern pattern, List<String> names, Scope scope, Handler handler) {
  Route(Method method, PathPattern pattern, Scope scope, Handler handler) {
    this(method, pattern, pattern.names(), scope, handler);
  }

  /** This route with its filters applied, and a layer around its handler and around each filter. */
  Route filtered(UnaryOperator<Handler> layer) {
    return new Route(method, pattern, names, scope, scope.around(handler, layer));
  }

  /** The handler for a request with these values of the placeholders. */
  Handler bind(List<String> values) {
    return new BoundHandler(handler, pattern.text(), new PathParameters(names, values));
  }

  @Override
  public String toString() {
    return method + " " + pattern;
  }
}
