package dev.leantea.websocket;

import dev.leantea.http.Origin;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pages may open a WebSocket (RFC 6455 §10.2). Browsers send cookies along with every
 * WebSocket request, whatever page asks for it; only the {@code Origin} shows which. A client
 * without one is not a browser and is accepted. A port that is the scheme's default may be there or
 * not.
 */
public sealed interface Origins {
  /** Pages from the host and port that the request names. */
  record Same() implements Origins {}

  /** Any page: for services that use no cookies. */
  record Any() implements Origins {}

  /**
   * Pages of these origins.
   *
   * @param values such as {@code https://example.com}, without a path; {@code null}, as a text, for
   *     pages that hide theirs
   */
  record Listed(Set<String> values) implements Origins {
    /**
     * @throws IllegalArgumentException when one is not a scheme and a host, with or without a port
     */
    public Listed {
      values =
          values.stream()
              .map(it -> it.equals("null") ? it : Origin.require(it))
              .collect(Collectors.toUnmodifiableSet());
    }
  }

  Origins SAME = new Same();
  Origins ANY = new Any();
}
