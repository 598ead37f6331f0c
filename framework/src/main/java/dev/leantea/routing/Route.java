package dev.leantea.routing;

import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import java.util.List;

/**
 * One method of one pattern.
 *
 * @param names the pattern's placeholders, taken apart once
 */
record Route(Method method, PathPattern pattern, List<String> names, Handler handler) {
  Route(Method method, PathPattern pattern, Handler handler) {
    this(method, pattern, pattern.names(), handler);
  }

  @Override
  public String toString() {
    return method + " " + pattern;
  }
}
