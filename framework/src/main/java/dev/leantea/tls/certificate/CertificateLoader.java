package dev.leantea.tls.certificate;

import dev.leantea.tls.Tls;
import dev.leantea.tls.TlsSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads all that a configuration of TLS names, again and again. One thread at a time. */
public final class CertificateLoader {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private final Tls tls;
  private final List<String> protocols;

  /** Made once: a reload of files must not change it. */
  private final Map<TlsSource, Identity> selfSigned = new HashMap<>();

  /**
   * @param protocols for ALPN, in order of preference
   */
  public CertificateLoader(Tls tls, List<String> protocols) {
    this.tls = tls;
    this.protocols = protocols;
  }

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException when one cannot be used; the message names it
   */
  public TlsSettings load() {
    var identities = new ArrayList<Identity>();
    for (TlsSource source : tls.sources()) {
      identities.addAll(identities(source));
    }
    List<X509Certificate> trusted =
        tls.trusted().map(CertificateFiles::certificates).orElse(List.of());
    return TlsSettings.of(identities, tls.clientCertificates(), trusted, protocols);
  }

  private List<Identity> identities(TlsSource source) {
    return switch (source) {
      case TlsSource.Pem(Path chain, Path key, String password) ->
          List.of(CertificateFiles.pem(chain, key, password));
      case TlsSource.KeyStoreFile(Path file, String password) ->
          CertificateFiles.keyStore(file, password);
      case TlsSource.SelfSigned _ ->
          List.of(selfSigned.computeIfAbsent(source, _ -> newSelfSigned()));
      case TlsSource.Context _ ->
          throw new IllegalArgumentException("TLS: expected files, got an SSLContext");
    };
  }

  private static Identity newSelfSigned() {
    LOG.log(
        Level.WARNING,
        "TLS: a self-signed certificate for localhost, which no client trusts: for development");
    return SelfSigned.create();
  }

  /** The files that {@link #load} reads. */
  public List<Path> files() {
    var files = new ArrayList<Path>();
    for (TlsSource source : tls.sources()) {
      switch (source) {
        case TlsSource.Pem(Path chain, Path key, _) -> {
          files.add(chain);
          files.add(key);
        }
        case TlsSource.KeyStoreFile(Path file, _) -> files.add(file);
        case TlsSource.SelfSigned _, TlsSource.Context _ -> {}
      }
    }
    tls.trusted().ifPresent(files::add);
    return List.copyOf(files);
  }
}
