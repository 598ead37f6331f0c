package dev.leantea.tls.certificate;

import dev.leantea.tls.ClientCertificates;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the engines of a server are made from, when all files are read.
 *
 * @param identities the server's certificates, at least one; the first is for clients that ask for
 *     no name, or for one that no certificate has
 * @param names of the certificates, to choose one by
 * @param clientCertificates whether clients show certificates
 * @param trusted the authorities, or single certificates, that client certificates are verified
 *     with; empty if they are off
 * @param protocols for ALPN, in order of preference; empty: without ALPN
 */
public record TlsSettings(
    List<Identity> identities,
    CertificateNames names,
    ClientCertificates clientCertificates,
    List<X509Certificate> trusted,
    List<String> protocols) {
  public TlsSettings {
    if (identities.isEmpty()) {
      throw new IllegalArgumentException("TLS: expected a certificate, got none");
    }
    identities = List.copyOf(identities);
    trusted = List.copyOf(trusted);
    protocols = List.copyOf(protocols);
  }

  /** Settings for these certificates, with the names that they contain. */
  public static TlsSettings of(
      List<Identity> identities,
      ClientCertificates clientCertificates,
      List<X509Certificate> trusted,
      List<String> protocols) {
    CertificateNames names = CertificateNames.of(identities);
    return new TlsSettings(identities, names, clientCertificates, trusted, protocols);
  }
}
