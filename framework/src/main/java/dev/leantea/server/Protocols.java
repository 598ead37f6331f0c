package dev.leantea.server;

import dev.leantea.backend.Listener;
import dev.leantea.backend.ServerConfig;
import dev.leantea.backend.TcpListener;
import dev.leantea.backend.UnixListener;
import dev.leantea.exchange.Application;
import dev.leantea.http.Limits;
import dev.leantea.http1.Http1Protocol;
import dev.leantea.http1.TlsOnPlainPort;
import dev.leantea.http2.Http2Protocol;
import dev.leantea.http2.PrefaceProtocol;
import dev.leantea.proxy.ProxyProtocol;
import dev.leantea.tls.Tls;
import dev.leantea.tls.engine.Handshakes;
import dev.leantea.tls.engine.TlsProtocol;
import dev.leantea.wire.Protocol;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
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
 * <p>Each listener has its own; those with the same {@link Tls} share certificates and sessions.
 * Any thread.
 */
final class Protocols implements AutoCloseable {
  /** RFC 9113 §3.2. */
  private static final String HTTP2 = "h2";

  /** For ALPN (RFC 7301 §6), in order of preference. */
  private static final List<String> NAMES = List.of(HTTP2, "http/1.1", "http/1.0");

  private final List<Listener> listeners;
  private final IdentityHashMap<Tls, TlsContexts> contexts = new IdentityHashMap<>();
  private final Handshakes handshakes;
  private final Limits limits;
  private final TlsOnPlainPort tlsOnPlainPort = new TlsOnPlainPort();

  /**
   * Reads certificates and keys.
   *
   * @throws IllegalArgumentException when one cannot be read
   */
  Protocols(ServerConfig config) {
    this.limits = config.limits();
    this.listeners = config.listeners();
    this.handshakes = new Handshakes(limits.handshakes(), limits.handshakeTimeout());
    try {
      listeners.forEach(this::readCertificates);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void readCertificates(Listener listener) {
    listener
        .tls()
        .ifPresent(tls -> contexts.computeIfAbsent(tls, it -> TlsContexts.open(it, NAMES)));
  }

  /** The protocols of all listeners, for the connections of one more owner thread. */
  List<Protocol> create(Application application) {
    var http1 = new Http1Protocol(application, tlsOnPlainPort);
    var http2 = new Http2Protocol(application);
    return listeners.stream().map(listener -> create(listener, http1, http2)).toList();
  }

  /** The protocol of a listener, for the only connection of one more owner thread. */
  Protocol create(Application application, int listener) {
    return create(
        listeners.get(listener),
        new Http1Protocol(application, tlsOnPlainPort),
        new Http2Protocol(application));
  }

  private Protocol create(Listener listener, Protocol http1, Protocol http2) {
    Protocol direct = direct(listener, http1, http2);
    return switch (listener) {
      case TcpListener tcp when !tcp.proxyProtocol().isEmpty() ->
          new ProxyProtocol(tcp.proxyProtocol(), limits.headTimeout(), direct);
      case UnixListener unix when unix.proxyProtocol() ->
          new ProxyProtocol(List.of(), limits.headTimeout(), direct);
      default -> direct;
    };
  }

  private Protocol direct(Listener listener, Protocol http1, Protocol http2) {
    return listener
        .tls()
        .map(tls -> Objects.requireNonNull(contexts.get(tls)))
        .<Protocol>map(
            certificates ->
                new TlsProtocol(
                    certificates::current,
                    name -> name.filter(HTTP2::equals).isPresent() ? http2 : http1,
                    handshakes))
        .orElseGet(() -> new PrefaceProtocol(http1, http2));
  }

  /** The library that encrypts, and why; that of the first listener with TLS; empty without TLS. */
  Optional<String> tlsLibrary() {
    return listeners.stream()
        .flatMap(listener -> listener.tls().stream())
        .map(tls -> Objects.requireNonNull(contexts.get(tls)).library())
        .findFirst();
  }

  /** Stops to look for new certificates. */
  @Override
  public void close() {
    contexts.values().forEach(TlsContexts::close);
  }
}
