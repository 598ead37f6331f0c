package dev.leantea.proxy;

import java.net.SocketAddress;
import java.util.Optional;

/**
 * The header with which a load balancer begins a connection, whole or as far as it has come.
 * Source: The PROXY protocol, versions 1 &amp; 2 (HAProxy, proxy-protocol.txt).
 */
sealed interface ProxyHeader {
  /** Maximum length of a header that is read, in bytes: addresses, and extensions of version 2. */
  int MAX_BYTES = 4096;

  /** More bytes are needed. */
  record Incomplete() implements ProxyHeader {}

  /**
   * A whole header.
   *
   * @param length in bytes; what follows belongs to the connection's protocol
   * @param client the address of the client; empty for a connection of the load balancer's own,
   *     such as a health check, and for kinds of addresses other than TCP's
   */
  record Complete(int length, Optional<SocketAddress> client) implements ProxyHeader {}

  /**
   * No header.
   *
   * @param reason what was expected, and what came
   */
  record Malformed(String reason) implements ProxyHeader {}

  /** Reads a header at the beginning of the bytes. */
  static ProxyHeader read(byte[] bytes, int length) {
    if (length == 0) {
      return new Incomplete();
    }
    return bytes[0] == 'P' ? ProxyHeaderV1.read(bytes, length) : ProxyHeaderV2.read(bytes, length);
  }
}
