package dev.leantea.routing;

import dev.leantea.http.Request;
import dev.leantea.http.Response;

/**
 * Answers the routes of a {@link RouteTable}; a switch over a sealed interface, as a rule.
 *
 * @param <R> the routes' common type
 */
@FunctionalInterface
public interface TypedHandler<R> {
  /**
   * Answers one request, under the rules of {@link dev.leantea.http.Handler#handle}.
   *
   * @param route what the request asked for
   */
  Response handle(R route, Request request) throws Exception;
}
