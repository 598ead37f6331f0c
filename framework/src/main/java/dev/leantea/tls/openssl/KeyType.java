package dev.leantea.tls.openssl;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;

/** Kinds of a certificate's key: an {@code SSL_CTX} has a place for one certificate of each. */
enum KeyType {
  EC,
  ED25519,
  ED448,
  OTHER;

  private static final int FAST_CURVE_BITS = 256;

  static KeyType of(PublicKey key) {
    return switch (key) {
      case ECPublicKey _ -> EC;
      case EdECPublicKey it -> isEd25519(it) ? ED25519 : ED448;
      default -> OTHER; // RSA
    };
  }

  private static boolean isEd25519(EdECPublicKey key) {
    return key.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
  }

  /**
   * Whether a signature takes about 20 µs (P-256, Ed25519) and not up to a millisecond (RSA, larger
   * curves): then a handshake is done sooner on the event loop than passed to another thread.
   */
  static boolean signsFast(PublicKey key) {
    return switch (key) {
      case ECPublicKey it -> it.getParams().getCurve().getField().getFieldSize() <= FAST_CURVE_BITS;
      case EdECPublicKey it -> isEd25519(it);
      default -> false;
    };
  }
}
