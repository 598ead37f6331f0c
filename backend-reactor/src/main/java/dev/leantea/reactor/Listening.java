package dev.leantea.reactor;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Locale;

/**
 * Which loops listen on a port. SO_REUSEPORT balances on Linux; on macOS the last listener gets all
 * connections, and Windows has no such option. A unix domain socket has one listener everywhere.
 */
enum Listening {
  /** The kernel distributes connections among the listeners of all loops. */
  EACH_LOOP,
  /** The first loop has the only listener: see {@link Dealer}. */
  FIRST_LOOP;

  static Listening forSystem(String osName) {
    return osName.toLowerCase(Locale.ROOT).startsWith("linux") ? EACH_LOOP : FIRST_LOOP;
  }

  /** As this, but for unix domain sockets. */
  Listening on(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress ? FIRST_LOOP : this;
  }
}
