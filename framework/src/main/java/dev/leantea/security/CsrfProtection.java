package dev.leantea.security;

import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Origin;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses requests that pages of other origins have a browser send, with the user's cookies
 * (cross-site request forgery): 403. Needs no token in forms.
 *
 * <pre>{@code
 * Router.builder().filter(CsrfProtection.sameOrigin()).post("/orders", …)
 * }</pre>
 *
 * <p>What is decided, the first that applies:
 *
 * <ol>
 *   <li>GET, HEAD, OPTIONS and QUERY pass, for handlers of these methods must not change anything
 *       (RFC 9110 §9.2.1).
 *   <li>{@code Sec-Fetch-Site: same-origin} or {@code none} passes: every browser since 2023 sends
 *       it over TLS and to localhost, and no page can forge it.
 *   <li>An {@code Origin} that is trusted passes.
 *   <li>Any other {@code Sec-Fetch-Site} is refused: {@code same-site} too, for other hosts of a
 *       domain are often less well kept.
 *   <li>Without {@code Sec-Fetch-Site}, an {@code Origin} passes that is of the host that the
 *       request asks for; no {@code Origin} at all passes too, for then the client is no browser.
 * </ol>
 *
 * <p>Behind a proxy that sends another {@code Host}, put {@link Forwarded} with its host around
 * this filter. Immutable; any thread.
 */
public final class CsrfProtection implements Filter {
  private static final Set<Method> SAFE =
      Set.of(Method.GET, Method.HEAD, Method.OPTIONS, Method.QUERY);

  private final Set<String> trusted;

  private CsrfProtection(Set<String> trusted) {
    this.trusted = trusted;
  }

  /** The filter that trusts pages of the host and port alone that the request asks for. */
  public static CsrfProtection sameOrigin() {
    return new CsrfProtection(Set.of());
  }

  /**
   * This filter, which trusts pages of these origins too.
   *
   * @param origins such as {@code https://accounts.example.com}
   * @throws IllegalArgumentException when one is no origin
   */
  public CsrfProtection withTrustedOrigins(String... origins) {
    var more = new HashSet<>(trusted);
    for (String origin : origins) {
      more.add(Origin.require(origin));
    }
    return new CsrfProtection(Set.copyOf(more));
  }

  @Override
  public Execution execution() {
    return Execution.NON_BLOCKING;
  }

  @Override
  public Handler wrap(Handler next) {
    return request -> allows(request) ? next.handle(request) : refusal(request);
  }

  private boolean allows(Request request) {
    if (SAFE.contains(request.method())) {
      return true;
    }
    List<String> sites = request.headers().all("Sec-Fetch-Site");
    List<String> origins = request.headers().all("Origin");
    if (sites.size() > 1 || origins.size() > 1) {
      return false; // browsers send one: which one counts must not be guessed
    }
    if (isTrusted(origins)) {
      return true;
    }
    return sites.isEmpty()
        ? origins.isEmpty() || Origin.isOf(origins.getFirst(), request.authority())
        : sites.getFirst().equals("same-origin") || sites.getFirst().equals("none");
  }

  private boolean isTrusted(List<String> origins) {
    return !origins.isEmpty()
        && !trusted.isEmpty()
        && trusted.contains(Origin.normalize(origins.getFirst()));
  }

  private static Response refusal(Request request) {
    return new HttpException(
            403, "the request comes from a page of another origin, which this site does not trust")
        .toResponse(request);
  }
}
