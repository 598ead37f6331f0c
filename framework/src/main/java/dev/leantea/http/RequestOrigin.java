package dev.leantea.http;

import java.net.SocketAddress;
import java.util.Optional;

/** Where a request came from, and how. */
record RequestOrigin(String scheme, Optional<TlsSession> tls, SocketAddress remoteAddress) {
  RequestOrigin withScheme(String other) {
    return new RequestOrigin(other, tls, remoteAddress);
  }

  RequestOrigin withRemoteAddress(SocketAddress other) {
    return new RequestOrigin(scheme, tls, other);
  }
}
