package dev.leantea.routing;

import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.PathParameters;
import dev.leantea.http.Request;
import dev.leantea.http.Response;

/** A route's handler, its pattern, and the values that the placeholders matched. */
record BoundHandler(Handler handler, String pattern, PathParameters parameters) implements Handler {
  @Override
  public Response handle(Request request) throws Exception {
    return handler.handle(request.withRoute(pattern, parameters));
  }

  @Override
  public Execution execution() {
    return handler.execution();
  }

  /** Of a router within a router the inner pattern, for it says more. */
  @Override
  public String route() {
    String inner = handler.route();
    return inner.isEmpty() ? pattern : inner;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // whether it resolved to itself
  public Handler resolve(Request request) {
    Handler resolved = handler.resolve(request);
    return resolved == handler ? this : new BoundHandler(resolved, pattern, parameters);
  }
}
