package dev.leantea.filter;

import dev.leantea.http.Request;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** What one client has of addresses: one of IPv4, or a network of 64 bits of IPv6. */
final class ClientNetwork {
  private static final int IPV6_BYTES = 16;

  private ClientNetwork() {}

  static Object of(Request request) {
    SocketAddress peer = request.remoteAddress();
    if (!(peer instanceof InetSocketAddress address) || address.isUnresolved()) {
      return peer;
    }
    byte[] ip = address.getAddress().getAddress();
    return ip.length == IPV6_BYTES ? (Object) ByteBuffer.wrap(ip).getLong() : address.getAddress();
  }
}
