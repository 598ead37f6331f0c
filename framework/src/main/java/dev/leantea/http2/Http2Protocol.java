package dev.leantea.http2;

import dev.leantea.exchange.Application;
import dev.leantea.http.Limits;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Protocol;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;

/**
 * HTTP/2 (RFC 9113) for the connections of one owner thread, with what they share. For a client
 * that begins with the connection preface: after ALPN has chosen {@code h2}, or in clear text with
 * prior knowledge (§3.3).
 */
public final class Http2Protocol implements Protocol {
  /** Maximum number of streams of a connection that are open at the same time. */
  static final int MAX_STREAMS = 100;

  /** Bytes of a field list that HPACK counts for each field beyond name and value. */
  private static final int PSEUDO_FIELDS = 6;

  final Application application;
  final Limits limits;
  final DateField date = new DateField();
  final int maxListBytes;
  final long headNanos;
  final long idleNanos;
  final long stallNanos;

  public Http2Protocol(Application application) {
    this.application = application;
    this.limits = application.limits();
    this.headNanos = limits.headTimeout().toNanos();
    this.idleNanos = limits.idleTimeout().toNanos();
    this.stallNanos = limits.stallTimeout().toNanos();
    this.maxListBytes =
        limits.requestLine()
            + limits.fieldSection()
            + (limits.fieldCount() + PSEUDO_FIELDS) * HpackField.OVERHEAD;
  }

  /** Where the owner thread reads the socket itself, handlers get threads of their own. */
  @Override
  public WireListener connect(Wire wire, Owner owner) {
    return owner.readsItself()
        ? SharedListener.of(application, wire, owner, this::start)
        : start(wire, owner);
  }

  private WireListener start(Wire wire, Owner owner) {
    var connection = new Http2Connection(this, wire, owner);
    connection.start();
    return connection;
  }

  @Override
  public WireListener refuse(Wire wire, Owner owner) {
    var connection = new Http2Connection(this, wire, owner);
    connection.refuse();
    return connection;
  }
}
