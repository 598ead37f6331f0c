package dev.leantea.tls.openssl;

import dev.leantea.conformance.Requirement;
import dev.leantea.tls.certificate.Identity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates that the program {@code openssl} makes in a folder. */
record TestKeys(Path folder) {
  private static final List<String> P256 =
      List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");

  static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

  /** What the tests of the engine need: the library, and the program of the same package. */
  static TestKeys in(Path folder) {
    Requirement.require(OpenSsl.unavailable().isEmpty(), "libssl.so.3");
    Requirement.requireProgram("openssl");
    return new TestKeys(folder);
  }

  /** A self-signed certificate. */
  Identity selfSigned(String name, String algorithm) throws Exception {
    make(name, algorithm, List.of());
    return new Identity(List.of(certificate(name)), key(name, algorithm));
  }

  /** A certificate that an authority of {@link #selfSigned} has signed. */
  Identity signed(String name, String authority) throws Exception {
    make(name, "EC", List.of("-CA", authority + ".pem", "-CAkey", authority + ".key"));
    return new Identity(List.of(certificate(name), certificate(authority)), key(name, "EC"));
  }

  private void make(String name, String algorithm, List<String> more) throws Exception {
    var command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-days", "2"));
    command.addAll(
        switch (algorithm) {
          case "EC" -> P256;
          case "RSA" -> List.of("-newkey", "rsa:2048");
          default -> List.of("-newkey", algorithm);
        });
    command.addAll(List.of("-keyout", name + ".key", "-out", name + ".pem"));
    command.addAll(List.of("-subj", "/CN=" + name, "-addext", "subjectAltName=DNS:" + name));
    command.addAll(more);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + said);
    }
  }

  private X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
    byte[] pem = Files.readAllBytes(folder.resolve(name + ".pem"));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }

  private PrivateKey key(String name, String algorithm)
      throws IOException, GeneralSecurityException {
    String pem = Files.readString(folder.resolve(name + ".key"));
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /** What a client of the JDK trusts and shows. */
  static SSLContext client(List<Identity> trusted, List<Identity> shown)
      throws GeneralSecurityException, IOException {
    KeyStore trust = store();
    for (Identity it : trusted) {
      trust.setCertificateEntry("trusted-" + trust.size(), it.chain().getLast());
    }
    var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trustManagers.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers(shown), trustManagers.getTrustManagers(), null);
    return context;
  }

  private static KeyManager[] keyManagers(List<Identity> shown)
      throws GeneralSecurityException, IOException {
    KeyStore keys = store();
    for (Identity it : shown) {
      keys.setKeyEntry("key", it.key(), new char[0], it.chain().toArray(new X509Certificate[0]));
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, new char[0]);
    return managers.getKeyManagers();
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
