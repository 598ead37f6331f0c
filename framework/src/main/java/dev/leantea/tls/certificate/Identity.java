package dev.leantea.tls.certificate;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate of a server with its private key.
 *
 * @param chain the server's certificate, then those of its issuers, without the root
 */
public record Identity(List<X509Certificate> chain, PrivateKey key) {
  /** The server's own certificate. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }
}
