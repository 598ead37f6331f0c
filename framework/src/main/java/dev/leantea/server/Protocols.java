package dev.leantea.server;

import dev.leantea.backend.ServerConfig;
import dev.leantea.exchange.Application;
import dev.leantea.http.Limits;
import dev.leantea.http1.Http1Protocol;
import dev.leantea.http1.TlsOnPlainPort;
import dev.leantea.http2.Http2Protocol;
import dev.leantea.http2.PrefaceProtocol;
import dev.leantea.net.Network;
import dev.leantea.proxy.ProxyProtocol;
import dev.leantea.tls.engine.Handshakes;
import dev.leantea.tls.engine.TlsProtocol;
import dev.leantea.wire.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * The protocols of a server: what speaks over the connections of its backend.
 *
 * <pre>
 *  HTTP     PrefaceProtocol ─ first bytes ─▶ Http1Protocol, Http2Protocol
 *  HTTPS    TlsProtocol ─ ALPN ─▶ Http1Protocol, Http2Protocol
 *  behind a load balancer that speaks the PROXY protocol: ProxyProtocol ─▶ one of these
 * </pre>
 *
 * <p>Any thread.
 */
final class Protocols implements AutoCloseable {
  /** RFC 9113 §3.2. */
  private static final String HTTP2 = "h2";

  /** For ALPN (RFC 7301 §6), in order of preference. */
  private static final List<String> NAMES = List.of(HTTP2, "http/1.1", "http/1.0");

  private final Optional<TlsContexts> tls;
  private final Handshakes handshakes;
  private final List<Network> proxies;
  private final Limits limits;
  private final TlsOnPlainPort tlsOnPlainPort = new TlsOnPlainPort();

  /**
   * Reads certificates and keys.
   *
   * @throws IllegalArgumentException when one cannot be read
   */
  Protocols(ServerConfig config) {
    this.limits = config.limits();
    this.proxies = config.proxyProtocol();
    this.tls = config.tls().map(it -> TlsContexts.open(it, NAMES));
    this.handshakes = new Handshakes(limits.handshakes(), limits.handshakeTimeout());
  }

  /** The protocol for the connections of one more owner thread. */
  Protocol create(Application application) {
    Protocol direct = direct(application);
    return proxies.isEmpty() ? direct : new ProxyProtocol(proxies, limits.headTimeout(), direct);
  }

  private Protocol direct(Application application) {
    var http1 = new Http1Protocol(application, tlsOnPlainPort);
    var http2 = new Http2Protocol(application);
    if (tls.isEmpty()) {
      return new PrefaceProtocol(http1, http2);
    }
    TlsContexts contexts = tls.get();
    return new TlsProtocol(
        contexts::current,
        name -> name.filter(HTTP2::equals).isPresent() ? http2 : http1,
        handshakes);
  }

  /** The library that encrypts, and why; empty without TLS. */
  Optional<String> tlsLibrary() {
    return tls.map(TlsContexts::library);
  }

  /** Stops to look for new certificates. */
  @Override
  public void close() {
    tls.ifPresent(TlsContexts::close);
  }
}
