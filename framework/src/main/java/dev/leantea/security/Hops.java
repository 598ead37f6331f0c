package dev.leantea.security;

import java.util.Optional;

/** What the proxies on the way say, beginning with the nearest one. One thread. */
sealed interface Hops permits StandardHops, XForwardedHops {
  /** What the next proxy towards the client says; empty when there is none. */
  Optional<Hop> next();

  /**
   * Scheme and host as the client sees them.
   *
   * @param last the last hop that is trusted
   */
  Hop origin(Hop last);
}
