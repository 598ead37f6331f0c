package dev.leantea.security;

import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.Headers;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Origin;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets pages of other origins read responses (CORS, the Fetch standard §3.3): for the routes that
 * it is around.
 *
 * <pre>{@code
 * Router.builder().scope(
 *     Cors.of("https://app.example.com").withCredentials(), api -> api.get("/orders", …))
 * }</pre>
 *
 * <p>Answers preflight requests itself: put it around filters that ask for credentials, which a
 * preflight request has not. Errors of the handlers have the fields too, so that a page can read
 * them. A page of another origin gets a response without them, and 403 for its preflight request;
 * whether a request is <em>handled</em> is for {@link CsrfProtection}, not for CORS.
 *
 * <p>By default the methods GET, HEAD, POST, PUT, PATCH and DELETE and the request fields {@code
 * Content-Type} and {@code Authorization} are allowed, browsers keep that for an hour, and
 * responses are readable without the user's cookies alone. Immutable; any thread.
 */
public final class Cors implements Filter {
  private final Set<String> origins;
  private final CorsOptions options;
  private final CorsFields fields;

  private Cors(Set<String> origins, CorsOptions options) {
    this.origins = origins;
    this.options = options;
    this.fields = new CorsFields(origins, options);
  }

  /**
   * A filter for pages of these origins.
   *
   * @param origins such as {@code https://app.example.com}
   * @throws IllegalArgumentException when there is none, or one is no origin; {@code null}, which
   *     any page can have, is none
   */
  public static Cors of(String... origins) {
    if (origins.length == 0) {
      throw new IllegalArgumentException(
          "cors: expected origins, got none; anyOrigin() is for pages of all");
    }
    return new Cors(
        Stream.of(origins).map(Origin::require).collect(Collectors.toUnmodifiableSet()),
        CorsOptions.DEFAULTS);
  }

  /** A filter for any page: for responses that are the same for everybody. */
  public static Cors anyOrigin() {
    return new Cors(Set.of(), CorsOptions.DEFAULTS);
  }

  /**
   * This filter, with which browsers send the user's cookies and credentials along.
   *
   * @throws IllegalStateException for {@link #anyOrigin}: any page could read what the user may
   */
  public Cors withCredentials() {
    if (origins.isEmpty()) {
      throw new IllegalStateException(
          "cors: expected the origins by name for credentials, got any origin");
    }
    return new Cors(origins, options.withCredentials());
  }

  /** This filter with other methods. */
  public Cors withMethods(Method... methods) {
    return new Cors(
        origins, options.withMethods(Arrays.stream(methods).map(Method::name).toList()));
  }

  /**
   * This filter with other fields that requests may have, beside those that all may have.
   *
   * @throws IllegalArgumentException when one is no field name
   */
  public Cors withRequestHeaders(String... names) {
    return new Cors(origins, options.withRequestHeaders(List.of(names)));
  }

  /**
   * This filter with fields of responses that pages may read, beside those that they always may.
   *
   * @throws IllegalArgumentException when one is no field name
   */
  public Cors withExposedHeaders(String... names) {
    return new Cors(origins, options.withExposedHeaders(List.of(names)));
  }

  /**
   * This filter with another time for which browsers keep the answer to a preflight request, in
   * whole seconds; they cut it to hours.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public Cors withMaxAge(Duration time) {
    return new Cors(origins, options.withMaxAge(time));
  }

  @Override
  public Execution execution() {
    return Execution.NON_BLOCKING;
  }

  @Override
  public Handler wrap(Handler next) {
    return request -> {
      Optional<String> origin = request.header("Origin");
      return origin.isPresent() && isPreflight(request)
          ? preflight(request, origin.get())
          : fields.vary(readable(next.handle(request), origin));
    };
  }

  private static boolean isPreflight(Request request) {
    return request.method().equals(Method.OPTIONS)
        && request.headers().contains("Access-Control-Request-Method");
  }

  private Response preflight(Request request, String origin) {
    return fields.preflight(origin).orElseGet(() -> fields.vary(refusal(request)));
  }

  private static Response refusal(Request request) {
    return new HttpException(403, "Origin: expected one that may read these responses")
        .toResponse(request);
  }

  private Response readable(Response response, Optional<String> origin) {
    Optional<Headers> readable = origin.flatMap(fields::response);
    return readable.isPresent() ? response.headersIfAbsent(readable.get()) : response;
  }
}
