package dev.leantea.http;

/**
 * An application: one function from request to response. It is its own unit test:
 *
 * <pre>{@code
 * Response response = handler.handle(Request.of(Method.GET, "/health"));
 * }</pre>
 *
 * <p>A handler may block. The backend calls it on a virtual thread, unless it was declared with
 * {@link #nonBlocking}. One that computes for milliseconds is declared with {@link #computing}.
 */
@FunctionalInterface
public interface Handler {
  /**
   * Answers one request. Called once per request, by the thread that {@link #execution} names, and
   * concurrently for requests of different connections.
   *
   * @throws HttpException to answer with that status and message
   * @throws RequestBodyException from reading the body: its status, and the connection ends
   * @throws Exception anything else becomes a 500 without details for the client; it is logged
   */
  Response handle(Request request) throws Exception;

  /** Where {@link #handle} runs. The default may block: a virtual thread. */
  default Execution execution() {
    return Execution.BLOCKING;
  }

  /**
   * The handler that will answer this request: itself, or, for a router, the matched route. A
   * backend asks on the connection's own thread, before the body has arrived, so this must not
   * block and must not read the body.
   *
   * @throws HttpException to answer at once with that status and message
   */
  default Handler resolve(Request request) {
    return this;
  }

  /**
   * The pattern of the route that this handler answers for, such as {@code /users/{id}}; empty
   * outside of a router. Asked of what {@link #resolve} returns.
   */
  default String route() {
    return "";
  }

  /**
   * Declares that a handler never blocks: no I/O, no locks held for long, no sleep. An event-loop
   * backend then runs it on the loop itself, which saves the virtual thread. The request's body is
   * whole in memory when it is called.
   */
  static Handler nonBlocking(Handler handler) {
    return new DeclaredHandler(handler, Execution.NON_BLOCKING);
  }

  /**
   * Declares that a handler holds its thread for long without waiting: it hashes passwords, scales
   * pictures, reads files or calls native code for milliseconds. An event-loop backend then runs it
   * on a virtual thread of the JDK's scheduler, so that the loop serves its other connections. The
   * handler may block too.
   *
   * <p>Without the declaration the backend finds such routes by sampling, and runs them like this
   * for a while, once they have held a loop.
   */
  static Handler computing(Handler handler) {
    return new DeclaredHandler(handler, Execution.COMPUTING);
  }
}
