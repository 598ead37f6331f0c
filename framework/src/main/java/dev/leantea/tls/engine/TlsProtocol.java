package dev.leantea.tls.engine;

import dev.leantea.wire.Owner;
import dev.leantea.wire.Protocol;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * TLS under other protocols, for the connections of one owner thread:
 *
 * <pre>
 *  backend ⇄ Wire ⇄ TlsConnection ⇄ TlsWire ⇄ the protocol that ALPN has chosen
 *                       └─ TlsEngine ─┘
 * </pre>
 */
public final class TlsProtocol implements Protocol {
  private final Supplier<TlsContext> contexts;
  private final Function<Optional<String>, Protocol> inner;
  final Handshakes handshakes;
  final PiecePool pieces = new PiecePool();

  /**
   * @param contexts the context for a new connection, which may change when files are reloaded
   * @param inner the protocol for the result of ALPN, which is empty for a client without ALPN
   * @param handshakes of the whole server
   */
  public TlsProtocol(
      Supplier<TlsContext> contexts,
      Function<Optional<String>, Protocol> inner,
      Handshakes handshakes) {
    this.contexts = contexts;
    this.inner = inner;
    this.handshakes = handshakes;
  }

  @Override
  public WireListener connect(Wire wire, Owner owner) {
    return new TlsConnection(this, wire, owner, true);
  }

  @Override
  public WireListener refuse(Wire wire, Owner owner) {
    return new TlsConnection(this, wire, owner, false);
  }

  /** The engine of a new connection. */
  TlsEngine engine(Wire wire, Owner owner) {
    TlsEngine engine = accept(wire.remoteAddress());
    return owner.readsItself() ? new SharedEngine(engine) : engine;
  }

  /** A reload may close the context between reading it and using it. */
  private TlsEngine accept(SocketAddress peer) {
    TlsContext context = contexts.get();
    while (true) {
      try {
        return context.accept(peer);
      } catch (IllegalStateException e) {
        TlsContext next = contexts.get();
        if (next.equals(context)) {
          throw e;
        }
        context = next;
      }
    }
  }

  Protocol inner(Optional<String> applicationProtocol) {
    return inner.apply(applicationProtocol);
  }
}
