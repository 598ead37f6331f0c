package dev.leantea.http;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What a connection's TLS handshake has negotiated (RFC 8446, RFC 5246). Immutable; any thread. */
public final class TlsSession {
  private final String version;
  private final String cipherSuite;
  private final Optional<String> serverName;
  private final List<X509Certificate> peerCertificates;
  private final Optional<String> applicationProtocol;

  /** See the accessors for what the values mean. */
  public TlsSession(
      String version,
      String cipherSuite,
      Optional<String> serverName,
      List<X509Certificate> peerCertificates,
      Optional<String> applicationProtocol) {
    this.version = version;
    this.cipherSuite = cipherSuite;
    this.serverName = serverName;
    this.peerCertificates = List.copyOf(peerCertificates);
    this.applicationProtocol = applicationProtocol;
  }

  /** {@code TLSv1.3} or {@code TLSv1.2}. */
  public String version() {
    return version;
  }

  /** The name in IANA's registry, as {@code TLS_AES_128_GCM_SHA256}. */
  public String cipherSuite() {
    return cipherSuite;
  }

  /** The host name that the client asked for (SNI, RFC 6066 §3), in lower case. */
  public Optional<String> serverName() {
    return serverName;
  }

  /**
   * The client's certificate, then those of its issuers; empty when it has shown none. Those of a
   * server that requires or accepts client certificates are verified.
   */
  public List<X509Certificate> peerCertificates() {
    return peerCertificates;
  }

  /** The protocol that was chosen by ALPN (RFC 7301), as {@code http/1.1}; empty without ALPN. */
  public Optional<String> applicationProtocol() {
    return applicationProtocol;
  }

  /** Version, cipher suite and server name. */
  @Override
  public String toString() {
    return version + " " + cipherSuite + serverName.map(" "::concat).orElse("");
  }
}
