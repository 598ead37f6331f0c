package dev.leantea.tls.certificate;

import dev.leantea.tls.certificate.PemFile.Block;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads private keys from files in PEM format. */
final class PrivateKeys {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
  private static final String RSA_OID = "1.2.840.113549.1.1.1";
  private static final String EC_OID = "1.2.840.10045.2.1";
  private static final int PARAMETERS_TAG = 0xa0;

  private PrivateKeys() {}

  /**
   * The only private key of a file.
   *
   * @param password of an encrypted key; empty for none
   */
  static PrivateKey read(PemFile file, String password) {
    List<Block> keys =
        file.blocks().stream().filter(it -> it.label().endsWith("PRIVATE KEY")).toList();
    if (keys.size() != 1) {
      throw new IllegalArgumentException(
          "%s: expected one private key, -----BEGIN PRIVATE KEY-----, got %s of them in %s"
              .formatted(file.path(), keys.size(), file.labels()));
    }
    try {
      return decode(pkcs8(keys.getFirst(), password));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(file.path() + ": " + e.getMessage(), e);
    }
  }

  private static byte[] pkcs8(Block block, String password)
      throws GeneralSecurityException, IOException {
    if (block.hasHeaders()) {
      throw new IllegalArgumentException(
          "expected a key in PKCS#8 format, got one that is encrypted in OpenSSL's old format;"
              + " convert it: openssl pkcs8 -topk8 -in OLD -out NEW");
    }
    byte[] content = block.content();
    return switch (block.label()) {
      case "PRIVATE KEY" -> content;
      case "ENCRYPTED PRIVATE KEY" -> decrypt(content, password);
      case "RSA PRIVATE KEY" -> wrap(Der.sequence(Der.oid(RSA_OID), Der.ofNull()), content);
      case "EC PRIVATE KEY" -> wrap(Der.sequence(Der.oid(EC_OID), curve(content)), content);
      default ->
          throw new IllegalArgumentException(
              "expected a key of RSA, ECDSA or Ed25519, got " + block.label());
    };
  }

  /** RFC 5958 §2: version, algorithm, key. */
  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return Der.sequence(Der.integer(BigInteger.ZERO), algorithm, Der.value(Der.BYTES, key));
  }

  /** The curve within a key (RFC 5915 §3): version, key, [0] parameters. */
  private static byte[] curve(byte[] key) {
    return new DerReader(key)
        .child()
        .next(PARAMETERS_TAG)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected an EC key that names its curve; convert it: openssl pkcs8 -topk8"
                        + " -nocrypt -in OLD -out NEW"));
  }

  private static byte[] decrypt(byte[] content, String password)
      throws GeneralSecurityException, IOException {
    if (password.isEmpty()) {
      throw new IllegalArgumentException("expected a password, for the key is encrypted");
    }
    var info = new EncryptedPrivateKeyInfo(content);
    String name = info.getAlgName();
    // "PBES2" alone names no cipher: its parameters do
    String algorithm = name.equals("PBES2") ? String.valueOf(info.getAlgParameters()) : name;
    try {
      var secret =
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray()));
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, secret, info.getAlgParameters());
      return info.getKeySpec(cipher).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException(
          "the key cannot be decrypted, is the password right? (" + e.getMessage() + ")", e);
    }
  }

  /** The algorithm is in the key, but the JDK wants to know it before. */
  static PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        // of another algorithm
      }
    }
    throw new GeneralSecurityException(
        "expected a private key of RSA, ECDSA or Ed25519, got another or a damaged one");
  }
}
