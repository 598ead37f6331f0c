package dev.leantea.proxy;

import dev.leantea.net.Network;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Protocol;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * The PROXY protocol under other protocols: a connection from a trusted network begins with a
 * header, and belongs to the client that this names. Connections from elsewhere have none.
 *
 * <pre>
 *  backend ⇄ Wire ⇄ ProxyConnection ⇄ ProxiedWire ⇄ HTTP, or TLS
 * </pre>
 *
 * <p>What comes without a header from a trusted network is not guessed at, as the specification
 * demands (§2): the connection is closed.
 */
public final class ProxyProtocol implements Protocol {
  private final List<Network> trusted;
  private final long headerNanos;
  private final Protocol inner;

  /**
   * @param trusted the networks of the load balancers
   * @param headerTimeout until the header has come
   * @param inner what follows the header
   */
  public ProxyProtocol(List<Network> trusted, Duration headerTimeout, Protocol inner) {
    this.trusted = List.copyOf(trusted);
    this.headerNanos = headerTimeout.toNanos();
    this.inner = inner;
  }

  @Override
  public WireListener connect(Wire wire, Owner owner) {
    return isTrusted(wire)
        ? new ProxyConnection(wire, owner, headerNanos, proxied -> inner.connect(proxied, owner))
        : inner.connect(wire, owner);
  }

  @Override
  public WireListener refuse(Wire wire, Owner owner) {
    return isTrusted(wire)
        ? new ProxyConnection(wire, owner, headerNanos, proxied -> inner.refuse(proxied, owner))
        : inner.refuse(wire, owner);
  }

  /** A peer without an address of TCP, as one on a unix domain socket, is on this machine. */
  private boolean isTrusted(Wire wire) {
    if (!(wire.remoteAddress() instanceof InetSocketAddress peer)) {
      return true;
    }
    for (Network network : trusted) {
      if (network.contains(peer.getAddress())) {
        return true;
      }
    }
    return false;
  }
}
