package dev.leantea.security;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What one proxy says of the request that it received.
 *
 * @param client who sent it; empty when that is hidden or malformed
 */
record Hop(Optional<InetSocketAddress> client, Optional<String> scheme, Optional<String> host) {
  static final Hop NONE = new Hop(Optional.empty(), Optional.empty(), Optional.empty());
}
