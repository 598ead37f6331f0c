package dev.leantea.tls.engine;

import dev.leantea.http.TlsSession;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Reads what a handshake of the JDK's engine has negotiated. */
final class JdkSessions {
  private JdkSessions() {}

  static TlsSession of(SSLEngine engine) {
    SSLSession session = engine.getSession();
    return new TlsSession(
        session.getProtocol(),
        session.getCipherSuite(),
        serverName(session),
        peerCertificates(session),
        Optional.ofNullable(engine.getApplicationProtocol()).filter(it -> !it.isEmpty()));
  }

  /** The name that the client asks for, in lower case. */
  static Optional<String> serverName(SSLSession session) {
    return session instanceof ExtendedSSLSession extended
        ? extended.getRequestedServerNames().stream()
            .filter(SNIHostName.class::isInstance)
            .map(it -> ((SNIHostName) it).getAsciiName().toLowerCase(Locale.ROOT))
            .findFirst()
        : Optional.empty();
  }

  private static List<X509Certificate> peerCertificates(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return Stream.of(chain).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of(); // the client has shown none
    }
  }
}
