package dev.leantea.security;

import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.Headers;
import dev.leantea.http.Response;

/**
 * Adds the header fields that have browsers protect users. A field that a handler sets itself stays
 * as it is.
 *
 * <pre>{@code
 * Router.builder().filter(SecurityHeaders.defaults()).get(…)
 * }</pre>
 *
 * <table>
 * <caption>The defaults</caption>
 * <tr><td>{@code X-Content-Type-Options: nosniff}</td>
 *     <td>content is what its media type says</td></tr>
 * <tr><td>{@code X-Frame-Options: DENY}<br>
 *     {@code Content-Security-Policy: frame-ancestors 'none'; base-uri 'self'; object-src 'none'}</td>
 *     <td>no site embeds the page (clickjacking); injected markup cannot redirect relative links, nor
 *     run plug-ins</td></tr>
 * <tr><td>{@code Referrer-Policy: strict-origin-when-cross-origin}</td>
 *     <td>other sites see no paths and queries</td></tr>
 * <tr><td>{@code Cross-Origin-Opener-Policy: same-origin}</td>
 *     <td>pages of other sites have no handle on the window</td></tr>
 * <tr><td>{@code Strict-Transport-Security: max-age=31536000}, over TLS alone (RFC 6797 §7.2)</td>
 *     <td>for a year, browsers use TLS for this host</td></tr>
 * </table>
 *
 * <p>Behind a proxy that ends TLS, put {@link Forwarded} around this filter. Immutable; any thread.
 */
public final class SecurityHeaders implements Filter {
  private static final String TRANSPORT = "Strict-Transport-Security";

  private static final SecurityHeaders DEFAULTS =
      new SecurityHeaders(Headers.empty())
          .with("X-Content-Type-Options", "nosniff")
          .with("X-Frame-Options", "DENY")
          .with("Referrer-Policy", "strict-origin-when-cross-origin")
          .with("Cross-Origin-Opener-Policy", "same-origin")
          .with(
              "Content-Security-Policy",
              "frame-ancestors 'none'; base-uri 'self'; object-src 'none'")
          .with(TRANSPORT, "max-age=31536000");

  private final Headers overTls;
  private final Headers plain;

  private SecurityHeaders(Headers fields) {
    this.overTls = fields;
    this.plain = fields.without(TRANSPORT);
  }

  /** The filter with the defaults. */
  public static SecurityHeaders defaults() {
    return DEFAULTS;
  }

  /**
   * This filter with a field set to another value, or with one more field: a {@code
   * Content-Security-Policy} of the application's own, {@code Permissions-Policy}, ….
   *
   * @throws IllegalArgumentException as {@link Response#header}
   */
  public SecurityHeaders with(String name, String value) {
    Response checked = Response.empty(204).header(name, value);
    return new SecurityHeaders(overTls.with(name, checked.headers().value(0)));
  }

  /** This filter without a field. */
  public SecurityHeaders without(String name) {
    return new SecurityHeaders(overTls.without(name));
  }

  @Override
  public Execution execution() {
    return Execution.NON_BLOCKING;
  }

  @Override
  public Handler wrap(Handler next) {
    return request ->
        next.handle(request).headersIfAbsent(request.scheme().equals("https") ? overTls : plain);
  }
}
