package dev.leantea.tls.engine;

import dev.leantea.tls.ClientCertificates;
import dev.leantea.tls.certificate.TlsSettings;
import java.io.IOException;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes engines of the JDK's {@link SSLContext}. Any thread. */
public final class JdkContext implements TlsContext {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /** Of TLS 1.3, then those of TLS 1.2 with forward secrecy and authenticated encryption. */
  private static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private final SSLContext context;
  private final SSLParameters parameters;

  private JdkContext(SSLContext context, SSLParameters parameters) {
    this.context = context;
    this.parameters = parameters;
  }

  /**
   * An engine's certificates and settings.
   *
   * @throws IllegalArgumentException when the JDK refuses them
   */
  public static JdkContext of(TlsSettings settings) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new IdentityChooser(settings.identities(), settings.names())},
          trust(settings.trusted()),
          null);
      return of(context, settings.clientCertificates(), settings.protocols());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "TLS: the JDK refuses the certificates: " + e.getMessage(), e);
    }
  }

  /** Certificates, keys and trust are those of the JDK's context. */
  public static JdkContext of(
      SSLContext context, ClientCertificates clientCertificates, List<String> protocols) {
    Set<String> supported = Set.of(context.getSupportedSSLParameters().getCipherSuites());
    var parameters =
        new SSLParameters(
            SUITES.stream().filter(supported::contains).toArray(String[]::new), VERSIONS);
    parameters.setUseCipherSuitesOrder(true);
    parameters.setApplicationProtocols(protocols.toArray(String[]::new));
    switch (clientCertificates) {
      case OFF -> {}
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    return new JdkContext(context, parameters);
  }

  private static TrustManager[] trust(List<X509Certificate> trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("trusted" + i, trusted.get(i));
    }
    if (trusted.isEmpty()) {
      return new TrustManager[0];
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Stream.of(factory.getTrustManagers()).toArray(TrustManager[]::new);
  }

  @Override
  public TlsEngine accept(SocketAddress peer) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters);
    return new JdkEngine(engine);
  }

  @Override
  public void close() {
    // the garbage collector releases it
  }
}
