package dev.leantea.routing;

import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.Headers;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.PathParameters;
import dev.leantea.http.Request;
import dev.leantea.http.RequestTarget;
import dev.leantea.http.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Picks a handler by path and method. A router is a handler itself, so it can be called in a test
 * without a port.
 *
 * <ul>
 *   <li>No such path: 404. A path, but not for this method: 405 with {@code Allow}.
 *   <li>A method that is neither a standard one nor of any route: 501.
 *   <li>HEAD is answered by the GET route; the backend leaves the body out.
 *   <li>OPTIONS is answered with 204 and {@code Allow}, unless there is a route for it.
 * </ul>
 *
 * <p>Immutable once built; any thread.
 */
public final class Router implements Handler {
  private final SegmentTree tree;
  private final Map<String, Map<Method, Handler>> literals;
  private final Filter[] filters;
  private final Set<Method> methods;
  private final Answer notFound;
  private final Answer notImplemented;

  private Router(List<Route> routes, List<Filter> filters) {
    this.tree = new SegmentTree();
    this.filters = filters.toArray(Filter[]::new);
    routes.forEach(tree::add);
    this.literals = literals(routes);
    this.methods = tree.methods();
    this.notFound = answer(Response.jsonError(404, "not found"));
    this.notImplemented = answer(Response.jsonError(501, "method not implemented"));
  }

  /** Starts an empty router. */
  public static Builder builder() {
    return new Builder("", new ArrayList<>(), new ArrayList<>());
  }

  /** Collects routes. Not for use by several threads. */
  public static final class Builder {
    private final String prefix;
    private final List<Filter> filters;
    private final List<Route> routes;

    private Builder(String prefix, List<Filter> filters, List<Route> routes) {
      this.prefix = prefix;
      this.filters = filters;
      this.routes = routes;
    }

    public Builder get(String pattern, Handler handler) {
      return route(Method.GET, pattern, handler);
    }

    public Builder post(String pattern, Handler handler) {
      return route(Method.POST, pattern, handler);
    }

    public Builder put(String pattern, Handler handler) {
      return route(Method.PUT, pattern, handler);
    }

    public Builder patch(String pattern, Handler handler) {
      return route(Method.PATCH, pattern, handler);
    }

    public Builder delete(String pattern, Handler handler) {
      return route(Method.DELETE, pattern, handler);
    }

    /**
     * Adds a route; {@link PathPattern} says what a pattern looks like.
     *
     * @throws IllegalArgumentException when the pattern is malformed
     */
    public Builder route(Method method, String pattern, Handler handler) {
      PathPattern path = PathPattern.parse(pattern).below(prefix);
      routes.add(new Route(method, path, wrap(handler, filters)));
      return this;
    }

    /**
     * Adds all the routes of a table, with one handler that tells them apart.
     *
     * @throws IllegalArgumentException inside of a group: the paths that the table writes start at
     *     the root, so its links would be dead
     */
    public <R> Builder typed(RouteTable<R> table, TypedHandler<? super R> handler) {
      if (!prefix.isEmpty()) {
        throw new IllegalArgumentException(
            "typed routes: expected the top level, for their links start there, got group "
                + prefix);
      }
      for (RouteTable.Entry<R> entry : table.entries()) {
        Handler answer = request -> handler.handle(entry.read(request), request);
        boolean never = entry.execution() == Execution.NON_BLOCKING;
        route(entry.method(), entry.pattern().text(), never ? Handler.nonBlocking(answer) : answer);
      }
      return this;
    }

    /**
     * Adds a filter around the routes that are added after it, here and in groups below. At the top
     * level it wraps the answers 404, 405 and OPTIONS too.
     */
    public Builder filter(Filter filter) {
      filters.add(filter);
      return this;
    }

    /** Adds routes below a prefix; filters added inside stay inside. */
    public Builder group(String path, Consumer<Builder> group) {
      String below = PathPattern.parse(path).below(prefix).text();
      group.accept(new Builder(below, new ArrayList<>(filters), routes));
      return this;
    }

    /**
     * Builds the router.
     *
     * @throws IllegalArgumentException when two routes match the same requests
     */
    public Router build() {
      return new Router(routes, filters);
    }
  }

  @Override
  public Response handle(Request request) throws Exception {
    return resolve(request).handle(request);
  }

  /** The matched route, bound to its parameters. Reads the head alone and never blocks. */
  @Override
  public Handler resolve(Request request) {
    Map<Method, Handler> byMethod = literals.get(request.path());
    Handler literal = byMethod == null ? null : byMethod.get(request.method());
    return literal == null ? resolveSlowPath(request) : literal;
  }

  private Handler resolveSlowPath(Request request) {
    if (!isKnown(request.method())) {
      return notImplemented.to(request);
    }
    RequestTarget target = request.target();
    if (!target.path().startsWith("/")) {
      return target.path().equals("*") ? options(methods).to(request) : notFound.to(request);
    }
    return switch (tree.match(request.method(), segments(target))) {
      case Match.Found(Route route, List<String> values) -> bind(route, values);
      case Match.WrongMethod(Set<Method> allowed) -> wrongMethod(allowed).to(request);
      case Match.Options(Set<Method> allowed) -> options(allowed).to(request);
      case Match.Nothing() -> notFound.to(request);
    };
  }

  /** RFC 9110 §15.6.2: 501 is for a method that is not supported for any resource. */
  private boolean isKnown(Method method) {
    return methods.contains(method) || Method.standard().contains(method);
  }

  private static List<String> segments(RequestTarget target) {
    try {
      return target.segments();
    } catch (IllegalArgumentException e) {
      throw new HttpException(400, String.valueOf(e.getMessage()), e);
    }
  }

  private static Handler bind(Route route, List<String> values) {
    return route.names().isEmpty()
        ? route.handler()
        : new BoundHandler(
            route.handler(), route.pattern().text(), new PathParameters(route.names(), values));
  }

  private Answer wrongMethod(Set<Method> allowed) {
    return answer(Response.jsonError(405, "method not allowed").header("Allow", join(allowed)));
  }

  private Answer options(Set<Method> allowed) {
    return answer(Response.empty(204).header("Allow", join(allowed)));
  }

  private Answer answer(Response response) {
    Handler fixed = _ -> response;
    List<Filter> all = List.of(filters);
    return new Answer(wrap(Handler.nonBlocking(fixed), all), wrap(fixed, all));
  }

  /**
   * An answer that needs no body. A handler that never blocks is called when the body is whole, and
   * a client that holds its body back (RFC 9110 §10.1.1) would be asked for it in vain: a request
   * that announces one gets the same answer from a handler that may block.
   */
  private record Answer(Handler bodiless, Handler withBody) {
    Handler to(Request request) {
      Headers headers = request.headers();
      boolean announced =
          headers.contains("Content-Length") || headers.contains("Transfer-Encoding");
      return announced ? withBody : bodiless;
    }
  }

  private static String join(Set<Method> methods) {
    return methods.stream().map(Method::name).collect(Collectors.joining(", "));
  }

  private static Handler wrap(Handler handler, List<Filter> filters) {
    if (filters.isEmpty()) {
      return handler;
    }
    Handler wrapped = handler;
    boolean never = handler.execution() == Execution.NON_BLOCKING;
    for (Filter filter : filters.reversed()) {
      wrapped = filter.apply(wrapped);
      never &= filter.execution() == Execution.NON_BLOCKING;
    }
    return never ? Handler.nonBlocking(wrapped) : wrapped;
  }

  /** The routes without placeholders, found by one look-up: no taking apart, no allocation. */
  private static Map<String, Map<Method, Handler>> literals(List<Route> routes) {
    var literals = new HashMap<String, Map<Method, Handler>>();
    for (Route route : routes) {
      if (route.names().isEmpty()) {
        literals
            .computeIfAbsent(route.pattern().text(), _ -> new HashMap<>())
            .put(route.method(), route.handler());
      }
    }
    literals.values().forEach(Router::addHead);
    return Map.copyOf(literals);
  }

  private static void addHead(Map<Method, Handler> handlers) {
    Handler get = handlers.get(Method.GET);
    if (get != null) {
      handlers.putIfAbsent(Method.HEAD, get);
    }
  }

  /** A route's handler, its pattern and the values that its placeholders matched. */
  private record BoundHandler(Handler handler, String pattern, PathParameters parameters)
      implements Handler {
    @Override
    public Response handle(Request request) throws Exception {
      return handler.handle(request.withRoute(pattern, parameters));
    }

    @Override
    public Execution execution() {
      return handler.execution();
    }
  }
}
