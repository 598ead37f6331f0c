package dev.leantea.tls.openssl;

import dev.leantea.http.TlsSession;
import java.io.ByteArrayInputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what a handshake has negotiated. */
final class Sessions {
  private Sessions() {}

  static TlsSession of(long ssl) {
    return new TlsSession(
        Libssl.version(ssl).intern(),
        Libssl.cipherSuite(ssl).intern(),
        Optional.of(Libssl.serverName(ssl).toLowerCase(Locale.ROOT)).filter(it -> !it.isEmpty()),
        peerCertificates(ssl),
        protocol(ssl));
  }

  private static Optional<String> protocol(long ssl) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(ValueLayout.JAVA_LONG);
      MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
      Libssl.selectedProtocol(ssl, address, length);
      int bytes = length.get(ValueLayout.JAVA_INT, 0);
      if (bytes == 0) {
        return Optional.empty();
      }
      MemorySegment name = Calls.memory(address.get(ValueLayout.JAVA_LONG, 0), bytes);
      return Optional.of(
          new String(name.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII).intern());
    }
  }

  /** The client's certificate, then those of its issuers; in a resumed session the first alone. */
  private static List<X509Certificate> peerCertificates(long ssl) {
    long first = Libssl.peerCertificate(ssl);
    if (first == 0) {
      return List.of();
    }
    try {
      var chain = new ArrayList<X509Certificate>();
      chain.add(decode(first));
      long others = Libssl.peerChain(ssl);
      for (int i = 0; others != 0 && i < Libcrypto.count(others); i++) {
        chain.add(decode(Libcrypto.element(others, i)));
      }
      return List.copyOf(chain);
    } finally {
      Libcrypto.freeCertificate(first);
    }
  }

  private static X509Certificate decode(long certificate) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(Libcrypto.encode(certificate)));
    } catch (CertificateException e) {
      throw new OpenSslException("client certificate: " + e.getMessage());
    }
  }
}
