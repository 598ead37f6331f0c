package dev.leantea.http;

import java.net.SocketAddress;
import java.util.Optional;

/**
 * The head of a request, and where it came from.
 *
 * @param forwardedAuthority what a proxy was asked for; empty without one
 * @param prefix of the path, which a proxy has removed; empty without one
 */
record RequestMetadata(
    Method method,
    RequestTarget target,
    HttpVersion version,
    Headers headers,
    Optional<TlsSession> tls,
    String scheme,
    SocketAddress remoteAddress,
    String forwardedAuthority,
    String prefix) {

  String authority() {
    if (!forwardedAuthority.isEmpty()) {
      return forwardedAuthority;
    }
    return target.authority().isEmpty() ? headers.first("Host").orElse("") : target.authority();
  }

  RequestMetadata withHeaders(Headers others) {
    return new RequestMetadata(
        method, target, version, others, tls, scheme, remoteAddress, forwardedAuthority, prefix);
  }

  RequestMetadata withScheme(String other) {
    return new RequestMetadata(
        method, target, version, headers, tls, other, remoteAddress, forwardedAuthority, prefix);
  }

  RequestMetadata withRemoteAddress(SocketAddress other) {
    return new RequestMetadata(
        method, target, version, headers, tls, scheme, other, forwardedAuthority, prefix);
  }

  RequestMetadata withAuthority(String other) {
    return new RequestMetadata(
        method, target, version, headers, tls, scheme, remoteAddress, other, prefix);
  }

  /**
   * Checks the prefix too.
   *
   * @throws IllegalArgumentException when it is neither empty nor a path without a slash at its end
   */
  RequestMetadata withPrefix(String other) {
    if (!other.isEmpty() && !isPrefix(other)) {
      throw new IllegalArgumentException(
          "prefix: expected a path such as /app, without a slash at its end, got "
              + Characters.quote(other));
    }
    return new RequestMetadata(
        method, target, version, headers, tls, scheme, remoteAddress, forwardedAuthority, other);
  }

  /** A link that begins with two slashes, or a backslash, would lead to another host. */
  private static boolean isPrefix(String text) {
    if (!text.startsWith("/") || text.startsWith("//") || text.endsWith("/")) {
      return false;
    }
    try {
      return RequestTarget.parse(Method.GET, text).path().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
