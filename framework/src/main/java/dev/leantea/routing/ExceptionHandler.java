package dev.leantea.routing;

import dev.leantea.http.Request;
import dev.leantea.http.Response;

/**
 * Answers for a handler that has thrown. Called by the thread that ran the handler.
 *
 * @param <E> what was thrown
 */
@FunctionalInterface
public interface ExceptionHandler<E extends Exception> {
  /**
   * The response in place of the exception.
   *
   * @throws Exception as {@link dev.leantea.http.Handler#handle}; no other exception handler is
   *     asked for it
   */
  Response handle(Request request, E exception) throws Exception;
}
