package dev.leantea.websocket;

import dev.leantea.http.Request;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Decides by {@link Origins}. */
final class OriginCheck {
  private OriginCheck() {}

  /** Whether the request comes from an allowed page, or from no page. */
  static boolean allows(Origins allowed, Request request) {
    List<String> origins = request.headers().all("Origin");
    return origins.isEmpty()
        || (origins.size() == 1
            && switch (allowed) {
              case Origins.Same() -> isSame(origins.getFirst(), request.authority());
              case Origins.Any() -> true;
              case Origins.Listed(Set<String> values) ->
                  values.contains(normalize(origins.getFirst()));
            });
  }

  /** The scheme is the page's: behind a proxy that ends TLS we do not know ours. */
  private static boolean isSame(String origin, String authority) {
    int separator = origin.indexOf("://");
    return separator > 0
        && normalize(origin).equals(normalize(origin.substring(0, separator + 3) + authority));
  }

  /**
   * In lower case and without the port that the scheme has anyway: {@code https://a.example:443} is
   * {@code https://a.example} (RFC 6454 §4, §6).
   */
  static String normalize(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    String port = lower.startsWith("https://") ? ":443" : lower.startsWith("http://") ? ":80" : "";
    return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
  }
}
