package dev.leantea.http2;

import dev.leantea.wire.Owner;
import dev.leantea.wire.Protocol;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;

/**
 * Clear text: a connection that begins with the preface of HTTP/2 (RFC 9113 §3.3, prior knowledge)
 * gets that protocol, every other one HTTP/1.1. {@code Upgrade: h2c} is obsolete, and ignored.
 */
public final class PrefaceProtocol implements Protocol {
  private final Protocol http1;
  private final Protocol http2;

  public PrefaceProtocol(Protocol http1, Protocol http2) {
    this.http1 = http1;
    this.http2 = http2;
  }

  @Override
  public WireListener connect(Wire wire, Owner owner) {
    return new PrefaceListener(http1.connect(wire, owner), () -> http2.connect(wire, owner));
  }

  @Override
  public WireListener refuse(Wire wire, Owner owner) {
    return http1.refuse(wire, owner);
  }
}
