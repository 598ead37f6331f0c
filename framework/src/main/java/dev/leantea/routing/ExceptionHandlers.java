package dev.leantea.routing;

import dev.leantea.http.Handler;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The exception handlers of a router, by class. */
final class ExceptionHandlers {
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
    Optional<ExceptionHandler<Exception>> handler = find(exception.getClass());
    return handler.isEmpty()
        ? Optional.empty()
        : Optional.of(handler.get().handle(request, exception));
  }

  private Optional<ExceptionHandler<Exception>> find(Class<?> exception) {
    for (Class<?> type = exception; type != null; type = type.getSuperclass()) {
      ExceptionHandler<Exception> handler = handlers.get(type);
      if (handler != null) {
        return Optional.of(handler);
      }
    }
    return Optional.empty();
  }
}
