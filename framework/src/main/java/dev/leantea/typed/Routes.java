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
 * The pages of an application, in both directions: a request becomes a record, and a record becomes
 * a path.
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
 * <p>What {@link #path} writes, {@link #parse} reads back as an equal record. A value that cannot
 * stand in a path ({@code ""}, {@code "."}, {@code ".."}, NUL, half a surrogate pair) is refused
 * with an {@link IllegalArgumentException} that says so, and so is one whose path belongs to
 * another route.
 *
 * <p>Immutable; any thread.
 *
 * @param <R> the sealed interface
 */
public final class Routes<R> implements RouteTable<R> {
  private static final String HTTP = "http://";

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
   * @throws IllegalArgumentException with all that is wrong with them, a line each, in the words of
   *     the annotation processor; or when their package is not open to this module
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

  /** For each route those that the router would prefer, if a path matched both. */
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

  /** The routes with all that is known about them. */
  List<TypedRoute<R>> typed() {
    return routes;
  }

  /**
   * The path of a route with its query, percent-encoded; its body, if any, is left out.
   *
   * @throws IllegalArgumentException when a value cannot stand in a path, or the path belongs to
   *     another route: {@code /users/{name}} with the name {@code me} beside {@code /users/me}
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
   * The page that a GET for this target would reach; nothing when there is none, or a value does
   * not fit.
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
   * The route of a request; nothing when there is none.
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
   * Sends the client to a route, with 303 See Other: right after a POST, too.
   *
   * @throws IllegalArgumentException as {@link #link}
   */
  public Response redirect(R route) {
    return redirect(303, route);
  }

  /**
   * Sends the client to a route.
   *
   * @param status 301, 302 or 303 to a route for GET; 307 or 308 to one for the method at hand
   * @throws IllegalArgumentException as {@link #path}; or for another status or method
   */
  public Response redirect(int status, R route) {
    if (status <= 303) {
      requireGet(route, "redirect " + status); // RFC 9110 §15.4: clients go on with GET
    }
    return Response.redirect(status, path(route));
  }

  /**
   * The URL of a route, with scheme and host as the client wrote them: from the target in
   * absolute-form, or else {@code http} and the Host field. Behind a proxy that ends TLS, or where
   * the URL goes to somebody else (a mail, a cache), use {@link #url(Object, URI)}: a client may
   * send any Host.
   *
   * @throws HttpException 400 when the request names no host
   * @throws IllegalArgumentException as {@link #path}
   */
  public String url(R route, Request request) {
    return origin(request) + path(route);
  }

  private static String origin(Request request) {
    String raw = request.target().raw();
    int scheme = raw.startsWith("/") ? -1 : raw.indexOf("://");
    if (scheme > 0) {
      // RFC 9112 §3.2.2: the target's authority goes before Host.
      int end = scheme + 3;
      while (end < raw.length() && "/?".indexOf(raw.charAt(end)) < 0) {
        end++;
      }
      return raw.substring(0, end);
    }
    String host = request.header("Host").orElse("");
    if (host.isEmpty() || !Authority.isValid(host)) {
      throw new HttpException(
          400, "Host: expected a host, got " + (host.isEmpty() ? "none" : host));
    }
    return HTTP + host;
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
