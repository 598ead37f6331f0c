package dev.leantea.http1;

import dev.leantea.exchange.Application;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Protocol;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;

/**
 * HTTP/1.1 and HTTP/1.0 (RFC 9112) for the connections of one owner thread, with the scratch memory
 * that they share.
 */
public final class Http1Protocol implements Protocol {
  final Application application;
  final TlsOnPlainPort tlsOnPlainPort;
  final HeadWriter headWriter = new HeadWriter();
  final int[] lineEnds;
  final long headNanos;
  final long idleNanos;
  final long stallNanos;

  /** For a connection, or the connections of an owner thread, of a server of its own. */
  public Http1Protocol(Application application) {
    this(application, new TlsOnPlainPort());
  }

  /**
   * @param tlsOnPlainPort of the whole server
   */
  public Http1Protocol(Application application, TlsOnPlainPort tlsOnPlainPort) {
    var limits = application.limits();
    this.application = application;
    this.tlsOnPlainPort = tlsOnPlainPort;
    this.lineEnds = new int[limits.fieldCount() + 1];
    this.headNanos = limits.headTimeout().toNanos();
    this.idleNanos = limits.idleTimeout().toNanos();
    this.stallNanos = limits.stallTimeout().toNanos();
  }

  @Override
  public WireListener connect(Wire wire, Owner owner) {
    return new Http1Connection(this, wire, owner);
  }

  @Override
  public WireListener refuse(Wire wire, Owner owner) {
    var connection = new Http1Connection(this, wire, owner);
    connection.refuseConnection();
    return connection;
  }
}
