package dev.leantea.routing;

import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.RequestTarget;
import dev.leantea.http.Response;
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
 * <pre>{@code
 * Router.builder()
 *     .get("/health", nonBlocking(_ -> Response.text(200, "ok")))
 *     .get("/users/{id}", request -> …)
 *     .scope(Compression.gzip(), pages -> pages.get("/", …).get("/about", …))
 *     .group("/api", api -> api.filter(authentication).post("/orders", …))
 *     .exception(NoSuchElementException.class, (_, e) -> Response.jsonError(404, "no such thing"))
 *     .build();
 * }</pre>
 *
 * <ul>
 *   <li>No such path: 404. A path, but not for this method: 405 with {@code Allow}.
 *   <li>A method that is neither a standard one nor of any route: 501.
 *   <li>HEAD is answered by the GET route; the backend leaves the body out.
 *   <li>OPTIONS is answered with 204 and {@code Allow}, unless there is a route for it.
 * </ul>
 *
 * <p>These answers pass the filters of the whole router where the path has no route, and else those
 * that all routes of the path have around them.
 *
 * <p>Immutable once built; any thread.
 */
public final class Router implements Handler {
  private final List<Route> routes;
  private final Set<Method> methods;
  private final SegmentTree tree = new SegmentTree();
  private final Map<String, Map<Method, Handler>> literals;
  private final Fallback fallback;

  private Router(Draft draft, Scope scope) {
    this.routes = draft.routes();
    this.methods = routes.stream().map(Route::method).collect(Collectors.toUnmodifiableSet());
    routes.forEach(tree::add);
    this.literals = literals(routes);
    this.fallback = new Fallback(draft, scope, this::match);
  }

  /** Starts an empty router. */
  public static Builder builder() {
    return new Builder("", Scope.NO_FILTER, new Draft());
  }

  /** Collects routes. Not for use by several threads. */
  public static final class Builder {
    private final String prefix;
    private final Draft draft;
    private Scope scope;

    private Builder(String prefix, Scope scope, Draft draft) {
      this.prefix = prefix;
      this.scope = scope;
      this.draft = draft;
    }

    /** A route for GET, and for HEAD; see {@link #route}. */
    public Builder get(String pattern, Handler handler) {
      return route(Method.GET, pattern, handler);
    }

    /** A route for POST; see {@link #route}. */
    public Builder post(String pattern, Handler handler) {
      return route(Method.POST, pattern, handler);
    }

    /** A route for PUT; see {@link #route}. */
    public Builder put(String pattern, Handler handler) {
      return route(Method.PUT, pattern, handler);
    }

    /** A route for PATCH; see {@link #route}. */
    public Builder patch(String pattern, Handler handler) {
      return route(Method.PATCH, pattern, handler);
    }

    /** A route for DELETE; see {@link #route}. */
    public Builder delete(String pattern, Handler handler) {
      return route(Method.DELETE, pattern, handler);
    }

    /**
     * Adds a route; {@link PathPattern} says what a pattern looks like. Another router may be the
     * handler, with patterns that start at the root, too.
     *
     * @throws IllegalArgumentException when the pattern is malformed
     */
    public Builder route(Method method, String pattern, Handler handler) {
      Arguments.require(method, "method");
      Arguments.require(handler, "handler");
      draft.add(new Route(method, PathPattern.parse(pattern).below(prefix), scope, handler));
      return this;
    }

    /**
     * Adds all the routes of a table, with one handler for all of them.
     *
     * @throws IllegalArgumentException inside of a group, for the paths that the table writes start
     *     at the root
     */
    public <R> Builder typed(RouteTable<R> table, TypedHandler<? super R> handler) {
      requireTopLevel("typed routes", "their links start there");
      for (RouteTable.Entry<R> entry : table.entries()) {
        Handler answer = request -> handler.handle(entry.read(request), request);
        route(entry.method(), entry.pattern().text(), declared(answer, entry.execution()));
      }
      return this;
    }

    private static Handler declared(Handler handler, Execution execution) {
      return switch (execution) {
        case BLOCKING -> handler;
        case NON_BLOCKING -> Handler.nonBlocking(handler);
        case COMPUTING -> Handler.computing(handler);
      };
    }

    /**
     * Adds a filter around the routes that are added after it, here and in groups and scopes below.
     * At the top level it is around the answer 404 too.
     */
    public Builder filter(Filter filter) {
      scope = scope.with(Arguments.require(filter, "filter"));
      return this;
    }

    /** Adds routes with a filter around them, and around no others. */
    public Builder scope(Filter filter, Consumer<Builder> routes) {
      Arguments.require(filter, "filter");
      Arguments.require(routes, "routes").accept(new Builder(prefix, scope.with(filter), draft));
      return this;
    }

    /**
     * Adds routes below a prefix; filters added inside stay inside. A slash at the end of the
     * prefix is left out: of {@code /api/} and {@code /users} becomes {@code /api/users}.
     *
     * @throws IllegalArgumentException when the prefix is malformed
     */
    public Builder group(String prefix, Consumer<Builder> routes) {
      String below = PathPattern.parse(prefix).below(this.prefix).asPrefix();
      Arguments.require(routes, "routes").accept(new Builder(below, scope, draft));
      return this;
    }

    /**
     * Answers requests for a path without routes, instead of the router with 404. Belongs to the
     * whole router: a group cannot have its own.
     *
     * @throws IllegalArgumentException inside of a group
     */
    public Builder notFound(Handler handler) {
      requireTopLevel("notFound", "it is for the whole router");
      draft.notFound(Arguments.require(handler, "handler"));
      return this;
    }

    /**
     * Answers requests for a path that has routes, but none for the method, instead of the router
     * with 405. The router adds {@code Allow} to a 405 that has none (RFC 9110 §15.5.6).
     *
     * @throws IllegalArgumentException inside of a group
     */
    public Builder methodNotAllowed(Handler handler) {
      requireTopLevel("methodNotAllowed", "it is for the whole router");
      draft.methodNotAllowed(Arguments.require(handler, "handler"));
      return this;
    }

    /**
     * Answers what handlers and filters of this router throw, for a class and its subclasses; the
     * nearest class wins. Filters around see the answer, not the exception.
     *
     * <p>An {@link dev.leantea.http.HttpException} and a {@link
     * dev.leantea.http.RequestBodyException} are answers already: a handler for {@code Exception}
     * is not asked for them, but one for their own class is. One for {@code HttpException} is asked
     * for the router's own 404, 405 and 501 too.
     *
     * @throws IllegalArgumentException when the class has a handler already; inside of a group
     */
    public <E extends Exception> Builder exception(
        Class<E> type, ExceptionHandler<? super E> handler) {
      requireTopLevel("exception", "it is for the whole router");
      Arguments.require(type, "class");
      draft.exceptions().add(type, Arguments.require(handler, "handler"));
      return this;
    }

    private void requireTopLevel(String what, String why) {
      if (!prefix.isEmpty()) {
        throw new IllegalArgumentException(
            what + ": expected the top level, for " + why + ", got group " + prefix);
      }
    }

    /**
     * Builds the router.
     *
     * @throws IllegalArgumentException when two routes match the same requests
     */
    public Router build() {
      return new Router(draft, scope);
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
    return literal == null ? resolveSlowPath(request) : literal.resolve(request);
  }

  private Handler resolveSlowPath(Request request) {
    return switch (match(request)) {
      case Match.Found(Route route, List<String> values) -> route.bind(values).resolve(request);
      case Match.Missing missing -> fallback.resolve(request, missing);
    };
  }

  private Match match(Request request) {
    if (!isKnown(request.method())) {
      return new Match.UnknownMethod();
    }
    RequestTarget target = request.target();
    if (target.path().startsWith("/")) {
      return tree.match(request.method(), target.segments());
    }
    // OPTIONS * asks for all routes (RFC 9110 §9.3.7), and CONNECT has no path.
    return target.path().equals("*") ? new Match.OtherMethods(routes) : new Match.NoPath();
  }

  /** RFC 9110 §15.6.2: 501 is for a method that is not supported for any resource. */
  private boolean isKnown(Method method) {
    return methods.contains(method) || Method.standard().contains(method);
  }

  /** The routes without placeholders by path: found by one look-up, without parsing the path. */
  private static Map<String, Map<Method, Handler>> literals(List<Route> routes) {
    var literals = new HashMap<String, Map<Method, Handler>>();
    for (Route route : routes) {
      if (route.names().isEmpty()) {
        literals
            .computeIfAbsent(route.pattern().text(), _ -> new HashMap<>())
            .put(route.method(), route.bind(List.of()));
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
}
