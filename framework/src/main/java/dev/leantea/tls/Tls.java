package dev.leantea.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * TLS of a server: versions 1.3 and 1.2, with the certificates that are named here. Files are read
 * when the server starts, and again when they have changed. Immutable; any thread.
 *
 * <pre>{@code
 * ServerConfig.of(8443).withTls(Tls.pem(Path.of("chain.pem"), Path.of("key.pem")));
 * ServerConfig.of(8443).withTls(Tls.selfSigned());                       // for development
 * Tls.pem(chainA, keyA).andPem(chainB, keyB);                            // by host name (SNI)
 * Tls.pem(chain, key).withClientCertificates(ClientCertificates.REQUIRED, Path.of("ca.pem"));
 * }</pre>
 */
public final class Tls {
  /** The library that encrypts. */
  public enum Engine {
    /** The system's OpenSSL 3. */
    OPENSSL,
    /** The JDK's {@code SSLEngine}. */
    JDK
  }

  private final List<TlsSource> sources;
  private final ClientCertificates clientCertificates;
  private final Optional<Path> trusted;
  private final Optional<Engine> engine;

  private Tls(
      List<TlsSource> sources,
      ClientCertificates clientCertificates,
      Optional<Path> trusted,
      Optional<Engine> engine) {
    this.sources = List.copyOf(sources);
    this.clientCertificates = clientCertificates;
    this.trusted = trusted;
    this.engine = engine;
  }

  /**
   * A certificate and its key, in PEM format.
   *
   * @param chain the server's certificate, then those of its issuers without the root, as
   *     certificate authorities provide it ({@code fullchain.pem})
   * @param key the private key, not encrypted: RSA, ECDSA or Ed25519; PKCS#8, PKCS#1 or SEC1
   */
  public static Tls pem(Path chain, Path key) {
    return of(new TlsSource.Pem(chain, key, ""));
  }

  /** As {@link #pem(Path, Path)}, with the password of an encrypted key ({@code PKCS#8}). */
  public static Tls pem(Path chain, Path key, String password) {
    return of(new TlsSource.Pem(chain, key, password));
  }

  /** All keys of a key store, PKCS#12 or JKS, with their certificates. */
  public static Tls keyStore(Path file, String password) {
    return of(new TlsSource.KeyStoreFile(file, password));
  }

  /** A context of the JDK, which has keys and trust of its own; it is used by the JDK's engine. */
  public static Tls context(SSLContext context) {
    return of(new TlsSource.Context(context));
  }

  /**
   * A new certificate for {@code localhost}, {@code 127.0.0.1} and {@code ::1} at each start, which
   * no client trusts: for development.
   */
  public static Tls selfSigned() {
    return of(new TlsSource.SelfSigned());
  }

  private static Tls of(TlsSource source) {
    return new Tls(List.of(source), ClientCertificates.OFF, Optional.empty(), Optional.empty());
  }

  /**
   * With a further certificate. A client gets the one with the name that it asks for (SNI), else
   * one with a wildcard for it, else the first.
   */
  public Tls andPem(Path chain, Path key) {
    return and(new TlsSource.Pem(chain, key, ""));
  }

  /** As {@link #andPem(Path, Path)}, with the password of an encrypted key. */
  public Tls andPem(Path chain, Path key, String password) {
    return and(new TlsSource.Pem(chain, key, password));
  }

  /** With the keys of a further key store: see {@link #andPem(Path, Path)}. */
  public Tls andKeyStore(Path file, String password) {
    return and(new TlsSource.KeyStoreFile(file, password));
  }

  private Tls and(TlsSource source) {
    if (sources.stream().anyMatch(TlsSource.Context.class::isInstance)) {
      throw new IllegalArgumentException(
          "TLS: expected no further certificates beside an SSLContext, which has its own");
    }
    return new Tls(
        Stream.concat(sources.stream(), Stream.of(source)).toList(),
        clientCertificates,
        trusted,
        engine);
  }

  /**
   * With client certificates.
   *
   * @param authorities file in PEM format with the certificates that a client's is verified with
   */
  public Tls withClientCertificates(ClientCertificates policy, Path authorities) {
    return new Tls(sources, policy, Optional.of(authorities), engine);
  }

  /** With client certificates, which are verified by the trust managers of an SSLContext. */
  public Tls withClientCertificates(ClientCertificates policy) {
    if (policy != ClientCertificates.OFF
        && !sources.stream().allMatch(TlsSource.Context.class::isInstance)) {
      throw new IllegalArgumentException(
          "client certificates: expected a file with the authorities that they are verified with");
    }
    return new Tls(sources, policy, trusted, engine);
  }

  /**
   * With this engine, whatever the environment variable {@code LEANTEA_TLS} says. The start fails
   * where it is unavailable. Without a choice OpenSSL is used where it is found.
   */
  public Tls withEngine(Engine chosen) {
    return new Tls(sources, clientCertificates, trusted, Optional.of(chosen));
  }

  /** The certificates; at least one, the default first. */
  public List<TlsSource> sources() {
    return sources;
  }

  /** Whether clients show certificates. */
  public ClientCertificates clientCertificates() {
    return clientCertificates;
  }

  /** The authorities of client certificates. */
  public Optional<Path> trusted() {
    return trusted;
  }

  /** The engine that was chosen by {@link #withEngine}. */
  public Optional<Engine> engine() {
    return engine;
  }

  /** Where the certificates come from. */
  @Override
  public String toString() {
    return "Tls" + sources;
  }
}
