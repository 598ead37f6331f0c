package dev.leantea.tls.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Makes a key (ECDSA, P-256) and a certificate (RFC 5280 §4.1) for this machine, which no client
 * trusts.
 */
final class SelfSigned {
  private static final byte[] SIGNATURE = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
  private static final String SUBJECT = "localhost";
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;
  private static final Duration VALIDITY = Duration.ofDays(90);
  private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);

  private SelfSigned() {}

  static Identity create() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      byte[] content = content(keys.getPublic().getEncoded());
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(content);
      byte[] certificate = Der.sequence(content, SIGNATURE, Der.bits(signature.sign()));
      List<X509Certificate> chain = CertificateFiles.decode(certificate);
      return new Identity(chain, keys.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("self-signed certificate: expected the JDK's P-256", e);
    }
  }

  /**
   * What is signed.
   *
   * @param publicKey as a SubjectPublicKeyInfo
   */
  private static byte[] content(byte[] publicKey) {
    Instant now = Instant.now();
    byte[] name = name();
    return Der.sequence(
        Der.tagged(0, Der.integer(BigInteger.TWO)), // version 3
        Der.integer(new BigInteger(63, new SecureRandom()).add(BigInteger.ONE)),
        SIGNATURE,
        name,
        Der.sequence(Der.time(now.minus(CLOCK_DIFFERENCE)), Der.time(now.plus(VALIDITY))),
        name,
        publicKey,
        Der.tagged(3, Der.sequence(alternativeNames(), serverAuthentication())));
  }

  private static byte[] name() {
    return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(SUBJECT))));
  }

  private static byte[] alternativeNames() {
    byte[] names =
        Der.sequence(
            Der.value(DNS_NAME, new byte[] {'l', 'o', 'c', 'a', 'l', 'h', 'o', 's', 't'}),
            Der.value(IP_ADDRESS, new byte[] {127, 0, 0, 1}),
            Der.value(IP_ADDRESS, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
    return extension("2.5.29.17", names);
  }

  private static byte[] serverAuthentication() {
    return extension("2.5.29.37", Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1")));
  }

  private static byte[] extension(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.value(Der.BYTES, value));
  }
}
