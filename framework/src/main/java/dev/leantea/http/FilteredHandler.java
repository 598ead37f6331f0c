package dev.leantea.http;

/** A filter around a handler; it wraps once, also where the handler is a router. */
final class FilteredHandler implements Handler {
  private final Filter filter;
  private final Handler handler;
  private final Handler wrapped;

  FilteredHandler(Filter filter, Handler handler) {
    this.filter = filter;
    this.handler = Arguments.require(handler, "handler");
    Handler next = request -> Failures.call(handler, request);
    this.wrapped = Arguments.require(filter.wrap(next), "what the filter returns");
  }

  @Override
  public Response handle(Request request) throws Exception {
    return wrapped.handle(request);
  }

  @Override
  public Execution execution() {
    return filter.execution().and(handler.execution());
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
      return this; // thrown again when it is handled, where the filter sees it
    }
    return resolved == handler ? this : new Resolved(resolved);
  }

  /** What the handler resolved to for one request, with this filter around it. */
  private final class Resolved implements Handler {
    private final Handler resolved;

    Resolved(Handler resolved) {
      this.resolved = resolved;
    }

    /** Resolves again on the way, so that the filter need not wrap anew for each request. */
    @Override
    public Response handle(Request request) throws Exception {
      return wrapped.handle(request);
    }

    @Override
    public Execution execution() {
      return filter.execution().and(resolved.execution());
    }

    @Override
    public String route() {
      return resolved.route();
    }
  }
}
