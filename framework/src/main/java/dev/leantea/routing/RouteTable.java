package dev.leantea.routing;

import dev.leantea.http.Execution;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import java.util.List;

/**
 * Routes that convert a request to a value, for {@link Router.Builder#typed}.
 *
 * @param <R> the values' common type
 */
public interface RouteTable<R> {
  /** The routes; no two of them match the same requests. */
  List<? extends Entry<R>> entries();

  /**
   * One of them.
   *
   * @param <R> its value's type
   */
  interface Entry<R> {
    /** The method it answers. */
    Method method();

    /** The path it answers, from the root. */
    PathPattern pattern();

    /** Which thread answers it. */
    Execution execution();

    /**
     * The value of a request that matched the pattern. Called on the thread of the handler, so it
     * may read the body.
     *
     * @throws HttpException when a value in the request does not fit
     * @throws java.io.IOException when the body cannot be read
     */
    R read(Request request) throws Exception;
  }
}
