package dev.leantea.http;

/**
 * Code around handlers: logging, authentication, compression, ….
 *
 * <pre>{@code
 * Filter timing = next -> request -> {
 *   long start = System.nanoTime();
 *   Response response = next.handle(request);
 *   return response.header("Server-Timing", "app;dur=" + (System.nanoTime() - start) / 1_000_000);
 * };
 * Handler application = timing.apply(router);
 * }</pre>
 *
 * <p>A filter around a handler keeps what the handler declares: where it runs ({@link
 * Handler#nonBlocking}), and, for a router, the matched route. A filter that may block, as every
 * filter may that is not declared with {@link #nonBlocking}, moves its handlers off the event loop.
 *
 * <p>A filter sees every answer as a response. What the next handler throws has become one by then,
 * as described at {@link Handler#handle}. Only a {@link ClientGoneException} passes: nobody is
 * there to read a response.
 */
@FunctionalInterface
public interface Filter {
  /**
   * Wraps the next handler: what a filter implements. Use {@link #apply} to put a filter around a
   * handler. Called once for each {@code apply}, and in a router once for each route, when it is
   * built.
   */
  Handler wrap(Handler next);

  /**
   * Where the code of the filter itself may run. A {@code nonBlocking} handler stays on the event
   * loop only if every filter around it is declared with {@link #nonBlocking}.
   */
  default Execution execution() {
    return Execution.BLOCKING;
  }

  /** This filter around a handler, whose declarations are kept. */
  default Handler apply(Handler handler) {
    return new FilteredHandler(this, handler);
  }

  /** This filter around {@code inner}: requests pass this one first. */
  default Filter then(Filter inner) {
    return DeclaredFilter.chain(this, Arguments.require(inner, "filter"));
  }

  /** Declares that a filter never blocks, in the sense of {@link Handler#nonBlocking}. */
  static Filter nonBlocking(Filter filter) {
    return new DeclaredFilter(Arguments.require(filter, "filter")::wrap, Execution.NON_BLOCKING);
  }

  /**
   * Declares that a filter computes for milliseconds, in the sense of {@link Handler#computing}.
   */
  static Filter computing(Filter filter) {
    return new DeclaredFilter(Arguments.require(filter, "filter")::wrap, Execution.COMPUTING);
  }
}
