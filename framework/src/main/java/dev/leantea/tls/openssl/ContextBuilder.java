package dev.leantea.tls.openssl;

import dev.leantea.tls.certificate.Identity;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;

/** Makes an {@code SSL_CTX} for the certificates of a name. Any thread. */
final class ContextBuilder {
  /** Those of the JDK's engine too; the server's order, AES-128 costs the least. */
  private static final String SUITES =
      "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";

  /** Of TLS 1.2: with forward secrecy and authenticated encryption. */
  private static final String CIPHERS =
      "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256"
          + ":ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384"
          + ":ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

  private static final long OPTIONS =
      Abi.OP_NO_RENEGOTIATION
          | Abi.OP_NO_COMPRESSION
          | Abi.OP_CIPHER_SERVER_PREFERENCE
          | Abi.OP_PRIORITIZE_CHACHA;

  /**
   * The default of OpenSSL 3.0 has finite field groups too, which cost a server milliseconds of
   * computing for a client's few bytes (CVE-2002-20001).
   */
  private static final List<String> GROUPS =
      List.of("X25519MLKEM768:X25519:P-256:P-384", "X25519:P-256:P-384");

  private ContextBuilder() {}

  /**
   * @param identities of one kind of key each; of several, the first is taken
   * @param client trust and policy for client certificates
   * @return a {@code SSL_CTX}, which the caller frees
   * @throws OpenSslException when OpenSSL refuses the certificate or the key
   */
  static long build(List<Identity> identities, ClientTrust client) {
    long context = Libssl.newContext();
    try (Arena arena = Arena.ofConfined()) {
      Libcrypto.clearErrors();
      configure(context, arena);
      var types = EnumSet.noneOf(KeyType.class);
      for (Identity identity : identities) {
        if (types.add(KeyType.of(identity.certificate().getPublicKey()))) {
          identify(context, identity);
        }
      }
      client.applyTo(context);
      return context;
    } catch (RuntimeException | Error e) {
      Libssl.freeContext(context);
      throw e;
    }
  }

  private static void configure(long context, Arena arena) {
    Libssl.control(context, Abi.CTRL_SET_MIN_PROTO_VERSION, Abi.TLS1_2_VERSION, 0);
    Libssl.setOptions(context, OPTIONS);
    Libssl.control(context, Abi.CTRL_MODE, Abi.MODE_RELEASE_BUFFERS, 0);
    // SSL_read returns after each record, so that one call cannot last for long
    Libssl.control(context, Abi.CTRL_CLEAR_MODE, Abi.MODE_AUTO_RETRY, 0);
    // resumption is by tickets: the server keeps no sessions
    Libssl.control(context, Abi.CTRL_SET_SESS_CACHE_MODE, Abi.SESS_CACHE_OFF, 0);
    Libssl.setSessionIdContext(context, ascii("leantea", arena).asSlice(0, "leantea".length()));
    check(Libssl.setSuites(context, ascii(SUITES, arena)), "cipher suites " + SUITES);
    check(Libssl.setCipherList(context, ascii(CIPHERS, arena)), "cipher suites " + CIPHERS);
    check(
        GROUPS.stream().anyMatch(groups -> setGroups(context, ascii(groups, arena))),
        "key exchange groups " + GROUPS);
    Libcrypto.clearErrors();
  }

  private static boolean setGroups(long context, MemorySegment groups) {
    return Libssl.control(context, Abi.CTRL_SET_GROUPS_LIST, 0, groups.address()) == 1;
  }

  private static void identify(long context, Identity identity) {
    List<X509Certificate> chain = identity.chain();
    useCertificate(context, identity.certificate());
    for (X509Certificate issuer : chain.subList(1, chain.size())) {
      with(
          issuer,
          pointer ->
              Libssl.control(context, Abi.CTRL_CHAIN_CERT, Abi.CHAIN_ADD_REFERENCE, pointer) == 1);
    }
    usePrivateKey(context, identity.key());
  }

  private static void useCertificate(long context, X509Certificate certificate) {
    with(certificate, pointer -> Libssl.useCertificate(context, pointer));
  }

  private static void usePrivateKey(long context, PrivateKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded == null) {
      throw new OpenSslException(
          "private key: expected one that can be read, got one of a hardware token; use the JDK's"
              + " engine, LEANTEA_TLS=jdk");
    }
    long pointer = Libcrypto.newPrivateKey(encoded);
    try {
      check(Libssl.usePrivateKey(context, pointer), "private key (" + key.getAlgorithm() + ")");
    } finally {
      Libcrypto.freePrivateKey(pointer);
    }
  }

  /** What is done with a certificate's {@code X509}; returns whether it succeeded. */
  interface Use {
    boolean of(long certificate);
  }

  /** Passes the certificate to OpenSSL. */
  static void with(X509Certificate certificate, Use use) {
    String subject = "certificate " + certificate.getSubjectX500Principal();
    try {
      long pointer = Libcrypto.newCertificate(certificate.getEncoded());
      try {
        check(use.of(pointer), subject);
      } finally {
        Libcrypto.freeCertificate(pointer);
      }
    } catch (CertificateEncodingException e) {
      throw new OpenSslException(subject + ": " + e.getMessage());
    }
  }

  private static void check(boolean done, String what) {
    if (!done) {
      throw new OpenSslException(what + ": refused by OpenSSL: " + Errors.take());
    }
  }

  private static MemorySegment ascii(String text, Arena arena) {
    return arena.allocateFrom(text, StandardCharsets.US_ASCII);
  }
}
