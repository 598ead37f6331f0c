package dev.leantea.routing;

import dev.leantea.http.Execution;
import dev.leantea.http.Failures;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Request;
import dev.leantea.http.Response;

/** A handler whose exceptions are answered by a router's exception handlers. */
record AnsweringHandler(Handler handler, ExceptionHandlers exceptions) implements Handler {
  @Override
  public Response handle(Request request) throws Exception {
    try {
      return handler.handle(request);
    } catch (Exception e) {
      if (Failures.clientGone(e).isPresent()) {
        throw e; // nobody is there to read an answer
      }
      return exceptions.answer(request, e).orElseThrow(() -> e);
    }
  }

  @Override
  public Execution execution() {
    return handler.execution();
  }

  @Override
  public String route() {
    return handler.route();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // whether it resolved to itself
  public Handler resolve(Request request) {
    Handler resolved;
    try {
      resolved = handler.resolve(request);
    } catch (HttpException e) {
      return this; // thrown again when it is handled, and answered there
    }
    return resolved == handler ? this : new AnsweringHandler(resolved, exceptions);
  }
}
