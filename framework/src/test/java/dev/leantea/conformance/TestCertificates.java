package dev.leantea.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and its self-signed certificate for a DNS name, made with the JDK's keytool. The curve
 * P-384 signs slowly, so that servers by OpenSSL make handshakes beside their event loops.
 *
 * @param name as {@code *.example.org}
 */
record TestCertificates(String name, KeyStore store) {
  private static final char[] PASSWORD = TestTls.PASSWORD.toCharArray();
  private static final Map<String, TestCertificates> MADE = new ConcurrentHashMap<>();

  /** Made once for each name. */
  static TestCertificates of(String name) {
    return MADE.computeIfAbsent(name, TestCertificates::make);
  }

  private static TestCertificates make(String name) {
    try {
      return new TestCertificates(name, TestTls.newKeyStore("dns:" + name, "secp384r1"));
    } catch (IOException | InterruptedException | GeneralSecurityException e) {
      throw new IllegalStateException(name, e);
    }
  }

  Certificate certificate() {
    try {
      return store.getCertificate("test");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(name, e);
    }
  }

  /** Writes the certificate as a PEM file. */
  Path chain(Path file) throws GeneralSecurityException {
    return pem(file, "CERTIFICATE", certificate().getEncoded());
  }

  /** Writes the key as a PEM file, PKCS#8. */
  Path key(Path file) throws GeneralSecurityException {
    return pem(file, "PRIVATE KEY", store.getKey("test", PASSWORD).getEncoded());
  }

  private static Path pem(Path file, String label, byte[] content) {
    String text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(label, Base64.getMimeEncoder().encodeToString(content), label);
    try {
      return Files.writeString(file, text, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client that shows this certificate, and trusts those of the other. */
  SSLContext clientOf(TestCertificates server) throws GeneralSecurityException {
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, PASSWORD);
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(server.store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  /** A client that trusts every server, and shows no certificate. */
  static SSLContext trustingAll() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new javax.net.ssl.TrustManager[] {new TrustAll()}, null);
    return context;
  }

  /** A connection of a client that trusts every server. */
  static SSLSocket connect(int port) throws IOException {
    Socket socket = new Socket(SocketScenes.IPV4, port);
    socket.setSoTimeout(30_000);
    try {
      return (SSLSocket)
          trustingAll().getSocketFactory().createSocket(socket, "localhost", port, true);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
