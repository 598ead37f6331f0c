package dev.leantea.websocket;

import java.util.Set;

/**
 * Which pages may open a WebSocket (RFC 6455 §10.2). Browsers send cookies along with every
 * WebSocket request, whatever page asks for it; only the {@code Origin} tells. A client without one
 * is no browser and passes.
 */
public sealed interface Origins {
  /** Pages from the host and port that the request names. */
  record Same() implements Origins {}

  /** Any page: for services that use no cookies. */
  record Any() implements Origins {}

  /**
   * Pages of these origins.
   *
   * @param values such as {@code https://example.com}, without a path
   */
  record Listed(Set<String> values) implements Origins {
    public Listed(Set<String> values) {
      this.values = Set.copyOf(values);
    }
  }

  Origins SAME = new Same();
  Origins ANY = new Any();
}
