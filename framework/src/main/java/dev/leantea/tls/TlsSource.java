package dev.leantea.tls;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** Where a certificate of a server and its private key come from. */
public sealed interface TlsSource {
  /**
   * Two files in PEM format; they may be the same.
   *
   * @param chain the server's certificate, then those of its issuers
   * @param key the private key: PKCS#8, PKCS#1 or SEC1
   * @param password of an encrypted key; empty for none
   */
  record Pem(Path chain, Path key, String password) implements TlsSource {
    /** Without the password. */
    @Override
    public String toString() {
      return "certificate " + chain + ", key " + key;
    }
  }

  /**
   * A key store, PKCS#12 or JKS: each of its private keys, with its certificates.
   *
   * @param password of the store and its keys
   */
  record KeyStoreFile(Path file, String password) implements TlsSource {
    /** Without the password. */
    @Override
    public String toString() {
      return "key store " + file;
    }
  }

  /** A context of the JDK, with its own keys and trust. */
  record Context(SSLContext context) implements TlsSource {}

  /** A new key and certificate for localhost, for development. */
  record SelfSigned() implements TlsSource {}
}
