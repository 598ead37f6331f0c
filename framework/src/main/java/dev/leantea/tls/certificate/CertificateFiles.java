package dev.leantea.tls.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads certificates with their keys; errors name the file and what was expected. */
final class CertificateFiles {
  private CertificateFiles() {}

  /** Two files in PEM format. */
  static Identity pem(Path chain, Path key, String password) {
    List<X509Certificate> certificates = certificates(chain);
    PrivateKey privateKey = PrivateKeys.read(PemFile.read(key), password);
    if (!isPair(certificates.getFirst(), privateKey)) {
      throw new IllegalArgumentException(
          key + ": expected the key of the first certificate in " + chain + ", got another one");
    }
    return new Identity(certificates, privateKey);
  }

  /** All certificates of a file in PEM format. */
  static List<X509Certificate> certificates(Path path) {
    PemFile file = PemFile.read(path);
    List<PemFile.Block> blocks =
        file.blocks().stream().filter(it -> it.label().equals("CERTIFICATE")).toList();
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException(
          path + ": expected -----BEGIN CERTIFICATE-----, got " + file.labels());
    }
    var certificates = new ArrayList<X509Certificate>();
    try {
      for (PemFile.Block block : blocks) {
        certificates.addAll(decode(block.content()));
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          path + ": expected certificates, got a damaged one: " + e.getMessage(), e);
    }
    return List.copyOf(certificates);
  }

  static List<X509Certificate> decode(byte[] der) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(der))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  /** All private keys of a key store. */
  static List<Identity> keyStore(Path file, String password) {
    byte[] content = PemFile.bytes(file);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12"); // reads JKS too
      store.load(new ByteArrayInputStream(content), password.toCharArray());
      var identities = new ArrayList<Identity>();
      for (String alias : Collections.list(store.aliases())) {
        identity(store, alias, password).ifPresent(identities::add);
      }
      if (identities.isEmpty()) {
        throw new IllegalArgumentException(file + ": expected a private key, got none in it");
      }
      return identities;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          file + ": expected a key store (PKCS#12 or JKS) of this password: " + e.getMessage(), e);
    }
  }

  private static Optional<Identity> identity(KeyStore store, String alias, String password)
      throws GeneralSecurityException {
    if (!store.isKeyEntry(alias)
        || !(store.getKey(alias, password.toCharArray()) instanceof PrivateKey key)) {
      return Optional.empty();
    }
    Certificate[] chain = store.getCertificateChain(alias);
    return Optional.of(
        new Identity(Stream.of(chain).map(X509Certificate.class::cast).toList(), key));
  }

  private static boolean isPair(X509Certificate certificate, PrivateKey key) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "EdDSA" -> "EdDSA";
          default -> "";
        };
    return algorithm.isEmpty() || isPair(certificate, key, algorithm);
  }

  private static boolean isPair(X509Certificate certificate, PrivateKey key, String algorithm) {
    try {
      byte[] message = {1, 2, 3};
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // they are of different kinds
    }
  }
}
