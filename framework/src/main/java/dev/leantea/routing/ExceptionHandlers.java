package dev.leantea.routing;

import dev.leantea.http.Failures;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Request;
import dev.leantea.http.RequestBodyException;
import dev.leantea.http.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The exception handlers of a router, by class.
 *
 * <p>An {@link HttpException} and a {@link RequestBodyException} are answers already: a handler for
 * all exceptions is for faults, and must not turn a 404 into its 500.
 */
final class ExceptionHandlers {
  private static final Set<Class<?>> ANSWERS =
      Set.of(HttpException.class, RequestBodyException.class);

  private final Map<Class<?>, ExceptionHandler<Exception>> handlers = new HashMap<>();

  /**
   * Adds one.
   *
   * @throws IllegalArgumentException when the class has one already
   */
  <E extends Exception> void add(Class<E> type, ExceptionHandler<? super E> handler) {
    ExceptionHandler<Exception> checked =
        (request, exception) -> handler.handle(request, type.cast(exception));
    if (handlers.putIfAbsent(type, checked) != null) {
      throw new IllegalArgumentException(
          "exception: expected one handler for each class, got two for " + type.getName());
    }
  }

  /** A handler whose exceptions are answered. */
  Handler around(Handler handler) {
    return handlers.isEmpty() ? handler : new AnsweringHandler(handler, this);
  }

  /** Whether there is a handler for exceptions of this class. */
  boolean handles(Class<? extends Exception> type) {
    return find(type).isPresent();
  }

  /** The response in place of an exception; empty when no handler is for its class. */
  Optional<Response> answer(Request request, Exception exception) throws Exception {
    Exception answered = badBody(exception).orElse(exception);
    Optional<ExceptionHandler<Exception>> handler = find(answered.getClass());
    return handler.isEmpty()
        ? Optional.empty()
        : Optional.of(handler.get().handle(request, answered));
  }

  /** The client's fault among the causes, for readers wrap what they meet. */
  private static Optional<Exception> badBody(Exception exception) {
    return exception instanceof HttpException
        ? Optional.empty()
        : Failures.cause(exception, RequestBodyException.class).map(it -> it);
  }

  private Optional<ExceptionHandler<Exception>> find(Class<?> exception) {
    if (ANSWERS.contains(exception)) {
      return Optional.ofNullable(handlers.get(exception));
    }
    for (Class<?> type = exception; type != null; type = type.getSuperclass()) {
      ExceptionHandler<Exception> handler = handlers.get(type);
      if (handler != null) {
        return Optional.of(handler);
      }
    }
    return Optional.empty();
  }
}
