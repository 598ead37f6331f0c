package dev.leantea.typed;

import dev.leantea.http.Authority;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.PathParameters;
import dev.leantea.http.Request;
import dev.leantea.http.RequestTarget;
import dev.leantea.http.Response;
import dev.leantea.routing.PathPattern;
import dev.leantea.routing.RouteTable;
import dev.leantea.typed.RouteRules.Problem;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Converts between requests and the records that an application declares as its pages, in both
 * directions.
 *
 * <pre>{@code
 * sealed interface Page {
 *   @Path("/users/{id}") record User(long id) implements Page {}
 *   @Path("/search")     record Search(String q, OptionalInt page) implements Page {}
 * }
 * Routes<Page> pages = Routes.of(Page.class);
 * pages.path(new User(42));               // "/users/42"
 * pages.parse("/search?q=tea");           // Optional[Search[q=tea, page=OptionalInt.empty]]
 * pages.link(new User(42), "Ada & Co");   // an <a> to it, its text escaped
 * Router.builder().typed(pages, (page, request) -> switch (page) {
 *   case User(long id) -> …
 *   case Search(String q, OptionalInt n) -> …
 * });
 * }</pre>
 *
 * <p>{@link #parse} reads what {@link #path} writes as an equal record. A value that cannot be
 * written in a path ({@code ""}, {@code "."}, {@code ".."}, NUL, an unpaired surrogate) is refused
 * with an {@link IllegalArgumentException}, and so is one whose path belongs to another route.
 *
 * <p>Immutable; any thread.
 *
 * @param <R> the sealed interface
 */
public final class Routes<R> implements RouteTable<R> {
  private final Class<R> type;
  private final List<TypedRoute<R>> routes;
  private final Map<Class<?>, TypedRoute<R>> byType;
  private final Map<TypedRoute<R>, List<TypedRoute<R>>> rivals;

  private Routes(Class<R> type, List<TypedRoute<R>> routes) {
    this.type = type;
    this.routes = routes;
    this.byType = routes.stream().collect(Collectors.toMap(TypedRoute::type, route -> route));
    this.rivals = rivals(routes);
  }

  /**
   * Reads the routes of a sealed interface.
   *
   * @throws IllegalArgumentException with all errors in them, one a line, with the messages of the
   *     annotation processor; or when their package is not open to this module
   */
  public static <R> Routes<R> of(Class<R> type) {
    return of(type, new Members(MethodHandles.lookup(), true));
  }

  /**
   * As {@link #of(Class)}, for an application that opens no package.
   *
   * @param lookup {@code MethodHandles.lookup()}, called where the records can be seen
   */
  public static <R> Routes<R> of(Lookup lookup, Class<R> type) {
    return of(type, new Members(lookup, false));
  }

  private static <R> Routes<R> of(Class<R> type, Members members) {
    if (!type.isInterface() || !type.isSealed()) {
      throw new IllegalArgumentException(
          "routes: expected a sealed interface, got " + type.getName());
    }
    Set<Class<?>> leaves = Reflection.leaves(type);
    List<Problem> problems =
        RouteRules.check(leaves.stream().map(Reflection::declaration).toList());
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          problems.stream().map(Problem::message).collect(Collectors.joining("\n")));
    }
    var routes = new ArrayList<TypedRoute<R>>();
    for (Class<?> leaf : leaves) {
      routes.add(TypedRoute.of(leaf.asSubclass(type), members));
    }
    routes.sort(Comparator.comparing(TypedRoute::pattern, RouteOrder.ROUTER));
    return new Routes<>(type, List.copyOf(routes));
  }

  /** For each route those that the router prefers for a path that matches both. */
  private static <R> Map<TypedRoute<R>, List<TypedRoute<R>>> rivals(List<TypedRoute<R>> routes) {
    var rivals = new HashMap<TypedRoute<R>, List<TypedRoute<R>>>();
    for (int i = 0; i < routes.size(); i++) {
      TypedRoute<R> route = routes.get(i);
      rivals.put(
          route,
          routes.subList(0, i).stream()
              .filter(other -> other.method().equals(route.method()))
              .filter(other -> RouteOrder.overlap(other.pattern(), route.pattern()))
              .toList());
    }
    return rivals;
  }

  @Override
  public List<? extends RouteTable.Entry<R>> entries() {
    return routes;
  }

  /** The routes. */
  List<TypedRoute<R>> typed() {
    return routes;
  }

  /**
   * The path of a route with its query, percent-encoded; its body, if any, is left out.
   *
   * @throws IllegalArgumentException when a value cannot be written in a path, or the path belongs
   *     to another route: {@code /users/{name}} with the name {@code me} beside {@code /users/me}
   */
  public String path(R route) {
    TypedRoute<R> typed = typed(route);
    try {
      String path = typed.path(route);
      requireOwn(typed, path);
      return path + typed.query(route);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("route " + route + ": " + e.getMessage(), e);
    }
  }

  private TypedRoute<R> typed(R route) {
    TypedRoute<R> typed = byType.get(route.getClass());
    if (typed == null) {
      throw new IllegalArgumentException(
          "route: expected one of " + type.getName() + ", got " + route.getClass().getName());
    }
    return typed;
  }

  private void requireOwn(TypedRoute<R> typed, String path) {
    for (TypedRoute<R> rival : rivals.getOrDefault(typed, List.of())) {
      if (RouteOrder.match(rival.pattern(), RequestTarget.segments(path)).isPresent()) {
        throw new IllegalArgumentException(
            "expected a path of its own, got %s, which is one of %s".formatted(path, rival));
      }
    }
  }

  /**
   * The page that a GET for this target reaches; empty when there is none, or a value does not fit.
   *
   * @param target a path with or without a query, or a whole URL
   */
  public Optional<R> parse(String target) {
    try {
      return parse(Request.of(Method.GET, target));
    } catch (IllegalArgumentException | HttpException | IOException e) {
      return Optional.empty(); // a target that no server would answer, or a value that does not fit
    }
  }

  /**
   * The route of a request; empty when there is none.
   *
   * @throws HttpException 400 when the query, the body or the percent-encoding does not fit
   * @throws IOException when the body cannot be read
   */
  public Optional<R> parse(Request request) throws IOException {
    List<String> segments = segments(request);
    for (TypedRoute<R> route : routes) {
      Optional<List<String>> values =
          answers(route, request.method())
              ? RouteOrder.match(route.pattern(), segments)
              : Optional.empty();
      if (values.isPresent()) {
        return read(route, request, values.get());
      }
    }
    return Optional.empty();
  }

  private static List<String> segments(Request request) {
    try {
      return request.path().startsWith("/") ? request.target().segments() : List.of();
    } catch (IllegalArgumentException e) {
      throw new HttpException(400, String.valueOf(e.getMessage()), e);
    }
  }

  /** RFC 9110 §9.3.2: a GET route answers HEAD too. */
  private static boolean answers(TypedRoute<?> route, Method method) {
    return route.method().equals(method)
        || (method.equals(Method.HEAD) && route.method().equals(Method.GET));
  }

  private Optional<R> read(TypedRoute<R> route, Request request, List<String> values)
      throws IOException {
    PathPattern pattern = route.pattern();
    var parameters = new PathParameters(pattern.names(), values);
    try {
      return Optional.of(route.read(request.withRoute(pattern.text(), parameters)));
    } catch (HttpException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * A link in HTML.
   *
   * @param text shown; escaped here
   * @throws IllegalArgumentException as {@link #path}; or when the route is not for GET, which is
   *     what a browser sends for a link
   */
  public String link(R route, String text) {
    requireGet(route, "link");
    return "<a href=\"" + Html.escape(path(route)) + "\">" + Html.escape(text) + "</a>";
  }

  private void requireGet(R route, String what) {
    TypedRoute<R> typed = typed(route);
    if (!typed.method().equals(Method.GET)) {
      throw new IllegalArgumentException(what + ": expected a route for GET, got " + typed);
    }
  }

  /**
   * Redirects the client to a route with 303 See Other, as after a POST.
   *
   * @throws IllegalArgumentException as {@link #link}
   */
  public Response redirect(R route) {
    return redirect(303, route);
  }

  /**
   * Redirects the client to a route.
   *
   * @param status 301, 302 or 303 to a route for GET; 307 or 308 to one for the method of the
   *     request
   * @throws IllegalArgumentException as {@link #path}; or for another status or method
   */
  public Response redirect(int status, R route) {
    if (status <= 303) {
      requireGet(route, "redirect " + status); // RFC 9110 §15.4: clients go on with GET
    }
    return Response.redirect(status, path(route));
  }

  /**
   * The URL of a route at the {@link Request#scheme}, {@link Request#authority} and {@link
   * Request#prefix} of a request. A client may send any Host, so where the URL goes to somebody
   * else (a mail, a cache) use {@link #url(Object, URI)}.
   *
   * @throws HttpException 400 when the request names no host
   * @throws IllegalArgumentException as {@link #path}
   */
  public String url(R route, Request request) {
    String authority = request.authority();
    if (authority.isEmpty() || !Authority.isValid(authority)) {
      throw new HttpException(
          400, "Host: expected a host, got " + (authority.isEmpty() ? "none" : authority));
    }
    return request.scheme() + "://" + authority + request.prefix() + path(route);
  }

  /**
   * The URL of a route.
   *
   * @param origin scheme and host, as in {@code https://example.com}
   * @throws IllegalArgumentException as {@link #path}; or when the origin has more or less than
   *     scheme and host
   */
  public String url(R route, URI origin) {
    boolean bare = origin.getRawPath() == null || origin.getRawPath().matches("/?");
    if (origin.getScheme() == null
        || origin.getRawAuthority() == null
        || !bare
        || origin.getRawQuery() != null
        || origin.getRawFragment() != null) {
      throw new IllegalArgumentException("origin: expected scheme://host, got " + origin);
    }
    return origin.getScheme() + "://" + origin.getRawAuthority() + path(route);
  }
}
