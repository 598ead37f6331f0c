package dev.leantea.http;

/** A handler that was declared to never block. */
record NonBlockingHandler(Handler handler) implements Handler {
  @Override
  public Response handle(Request request) throws Exception {
    return handler.handle(request);
  }

  @Override
  public Execution execution() {
    return Execution.NON_BLOCKING;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // whether it resolved to itself
  public Handler resolve(Request request) {
    Handler resolved = handler.resolve(request);
    return resolved == handler ? this : new NonBlockingHandler(resolved);
  }

  @Override
  public String route() {
    return handler.route();
  }
}
