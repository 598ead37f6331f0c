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
              case Origins.Same() -> isSame(origins.getFirst(), request.header("Host").orElse(""));
              case Origins.Any() -> true;
              case Origins.Listed(Set<String> values) -> values.contains(origins.getFirst());
            });
  }

  /** The scheme is left out: behind a proxy that ends TLS we do not know ours. */
  private static boolean isSame(String origin, String host) {
    int authority = origin.indexOf("://");
    return authority > 0
        && origin
            .substring(authority + 3)
            .toLowerCase(Locale.ROOT)
            .equals(host.toLowerCase(Locale.ROOT));
  }
}
