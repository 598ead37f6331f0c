package dev.leantea.routing;

import static dev.leantea.http.Handler.nonBlocking;

import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.Headers;
import dev.leantea.http.HttpException;
import dev.leantea.http.HttpVersion;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers where no route does: 404, 405, 501, OPTIONS. Filters see these answers: of a path without
 * routes those of the whole router, of any other path those that all of its routes have around
 * them.
 */
final class Fallback {
  private final Function<Request, Match> matcher;
  private final Handler notFound;
  private final Handler methodNotAllowed;
  private final Handler notImplemented;
  private final Scope outermost;
  private final Map<Scope, Handler> filtered = new HashMap<>();

  /**
   * @param outermost the filters of the whole router
   * @param matcher finds the route of a request
   */
  Fallback(Draft draft, Scope outermost, Function<Request, Match> matcher) {
    this.matcher = matcher;
    this.outermost = outermost;
    ExceptionHandlers exceptions = draft.exceptions();
    this.notFound = draft.notFound().orElse(error(404, "not found", exceptions));
    this.methodNotAllowed =
        exceptions.around(
            draft.methodNotAllowed().orElse(error(405, "method not allowed", exceptions)));
    this.notImplemented = error(501, "method not implemented", exceptions);
    filter(outermost, exceptions);
    draft.routes().forEach(route -> filter(route.scope(), exceptions));
  }

  /** An error, thrown where an exception handler answers it. */
  private static Handler error(int status, String message, ExceptionHandlers exceptions) {
    var error = new HttpException(status, message);
    Handler thrown =
        _ -> {
          throw new HttpException(status, message);
        };
    return nonBlocking(exceptions.handles(HttpException.class) ? thrown : error::toResponse);
  }

  private void filter(Scope scope, ExceptionHandlers exceptions) {
    for (Scope each : scope.outwards()) {
      filtered.computeIfAbsent(each, it -> it.around(this::answer, exceptions::around));
    }
  }

  private Response answer(Request request) throws Exception {
    return switch (matcher.apply(request)) {
      case Match.Found(Route route, List<String> values) -> route.bind(values).handle(request);
      case Match.Missing missing -> handler(request, missing).handle(request);
    };
  }

  /** The answer's handler, with its filters. */
  Handler resolve(Request request, Match.Missing missing) {
    Scope scope = scope(missing);
    Handler handler = Objects.requireNonNull(filtered.get(scope));
    return announcesBody(request)
        ? handler
        : new Declared(handler, handler(request, missing).execution().and(scope.execution()));
  }

  /**
   * These answers need no body. A handler that never blocks is called when the body is whole, and a
   * client that holds its body back (RFC 9110 §10.1.1) would be asked for it in vain: a request
   * that announces one gets the same answer from a handler that may block. Over HTTP/2 no field
   * need announce it.
   */
  private static boolean announcesBody(Request request) {
    Headers headers = request.headers();
    return headers.contains("Content-Length")
        || headers.contains("Transfer-Encoding")
        || mayHaveBody(request);
  }

  private static boolean mayHaveBody(Request request) {
    Method method = request.method();
    return request.version() == HttpVersion.HTTP_2
        && !method.equals(Method.GET)
        && !method.equals(Method.HEAD);
  }

  private Scope scope(Match.Missing missing) {
    return switch (missing) {
      case Match.NoPath(), Match.UnknownMethod() -> outermost;
      case Match.OtherMethods(List<Route> routes) ->
          routes.stream().map(Route::scope).reduce(Scope::shared).orElse(outermost);
    };
  }

  private Handler handler(Request request, Match.Missing missing) {
    return switch (missing) {
      case Match.NoPath() -> notFound;
      case Match.UnknownMethod() -> notImplemented;
      case Match.OtherMethods(List<Route> routes) -> {
        String allow = allow(routes);
        yield request.method().equals(Method.OPTIONS)
            ? nonBlocking(_ -> Response.empty(204).header("Allow", allow))
            : new Allowing(methodNotAllowed, allow);
      }
    };
  }

  /** GET answers HEAD too (RFC 9110 §9.3.2), and OPTIONS is answered for every path. */
  private static String allow(Collection<Route> routes) {
    var methods = routes.stream().map(Route::method).collect(Collectors.toCollection(TreeSet::new));
    if (methods.contains(Method.GET)) {
      methods.add(Method.HEAD);
    }
    methods.add(Method.OPTIONS);
    return methods.stream().map(Method::name).collect(Collectors.joining(", "));
  }

  /** A handler with a declared execution. */
  private record Declared(Handler handler, Execution execution) implements Handler {
    @Override
    public Response handle(Request request) throws Exception {
      return handler.handle(request);
    }
  }

  /** Adds what a 405 has to say (RFC 9110 §15.5.6). */
  private record Allowing(Handler handler, String allow) implements Handler {
    @Override
    public Response handle(Request request) throws Exception {
      Response response = handler.handle(request);
      return response.status() == 405 && !response.headers().contains("Allow")
          ? response.header("Allow", allow)
          : response;
    }

    @Override
    public Execution execution() {
      return handler.execution();
    }
  }
}
