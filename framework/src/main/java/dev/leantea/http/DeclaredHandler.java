package dev.leantea.http;

/** A handler whose execution was declared. */
record DeclaredHandler(Handler handler, Execution execution) implements Handler {
  DeclaredHandler {
    Arguments.require(handler, "handler");
  }

  @Override
  public Response handle(Request request) throws Exception {
    if (execution == Execution.NON_BLOCKING) {
      request.content.requireAccepted(); // thrown here, where the filters around see it
    }
    return handler.handle(request);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // whether it resolved to itself
  public Handler resolve(Request request) {
    Handler resolved = handler.resolve(request);
    return resolved == handler ? this : new DeclaredHandler(resolved, execution);
  }

  @Override
  public String route() {
    return handler.route();
  }
}
