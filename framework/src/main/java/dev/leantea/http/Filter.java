package dev.leantea.http;

/**
 * Wraps a handler in a handler: logging, authentication, compression, ….
 *
 * <pre>{@code
 * Filter timing = next -> request -> {
 *   long start = System.nanoTime();
 *   Response response = next.handle(request);
 *   return response.header("Server-Timing", "app;dur=" + (System.nanoTime() - start) / 1_000_000);
 * };
 * }</pre>
 */
@FunctionalInterface
public interface Filter {
  /** Wraps the next handler. Called once, when the routes are built. */
  Handler apply(Handler next);

  /**
   * Where the wrapped code may run. A {@code nonBlocking} route stays on the event loop only if
   * every filter around it is declared with {@link #nonBlocking} too.
   */
  default Execution execution() {
    return Execution.BLOCKING;
  }

  /** This filter around {@code inner}: requests pass this one first. */
  default Filter then(Filter inner) {
    return FilterChain.of(this, inner);
  }

  /** Declares that a filter never blocks, in the sense of {@link Handler#nonBlocking}. */
  static Filter nonBlocking(Filter filter) {
    return new FilterChain(filter::apply, Execution.NON_BLOCKING);
  }
}
