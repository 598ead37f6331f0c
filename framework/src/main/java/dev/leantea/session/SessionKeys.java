package dev.leantea.session;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secret keys for {@link Sessions#inCookie}: AES-256-GCM, which encrypts and signs. The first key
 * writes, all of them read. To rotate, put a new key in front, and remove the old one when the
 * absolute limit of the sessions has passed; do that at the latest after 2³² cookies (NIST SP
 * 800-38D §8.3).
 *
 * <pre>
 *  encrypted:  ┌─────────────┬────────────┬───────────┐
 *              │ nonce, 12 B │ ciphertext │ tag, 16 B │
 *              └─────────────┴────────────┴───────────┘
 * </pre>
 *
 * <p>Immutable; any thread.
 */
public final class SessionKeys {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  /** By how many bytes an encrypted text is longer. */
  static final int OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<SecretKey> keys;

  private SessionKeys(List<SecretKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads keys, as a configuration holds them.
   *
   * @param text one or more keys of 32 random bytes in base64, separated by commas, the first of
   *     which writes; {@code openssl rand -base64 32} makes one
   * @throws IllegalArgumentException when one is no such key; the message has no part of it
   */
  public static SessionKeys parse(String text) {
    var keys = new ArrayList<SecretKey>();
    for (String key : text.split(",", -1)) {
      keys.add(new SecretKeySpec(decode(key.strip(), keys.size() + 1), "AES"));
    }
    return new SessionKeys(List.copyOf(keys));
  }

  /** A new key, for development and tests: sessions end when the server does. */
  public static SessionKeys random() {
    return new SessionKeys(List.of(new SecretKeySpec(randomBytes(KEY_BYTES), "AES")));
  }

  private static byte[] decode(String key, int number) {
    String got;
    try {
      byte[] bytes = Base64.getDecoder().decode(key);
      if (bytes.length == KEY_BYTES) {
        return bytes;
      }
      got = bytes.length + " bytes";
    } catch (IllegalArgumentException e) {
      got = "no base64";
    }
    throw new IllegalArgumentException(
        "session key %s: expected 32 bytes in base64, as openssl rand -base64 32 makes them, got %s"
            .formatted(number, got));
  }

  static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /**
   * Encrypts with the first key.
   *
   * @param context that must be the same for {@link #decrypt}
   */
  byte[] encrypt(byte[] text, byte[] context) {
    byte[] nonce = randomBytes(NONCE_BYTES);
    try {
      byte[] encrypted = Arrays.copyOf(nonce, text.length + OVERHEAD_BYTES);
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), nonce, context);
      cipher.doFinal(text, 0, text.length, encrypted, NONCE_BYTES);
      return encrypted;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not usable", e);
    }
  }

  /** The text; empty when none of the keys has encrypted it, in this context. */
  Optional<byte[]> decrypt(byte[] encrypted, byte[] context) {
    if (encrypted.length < OVERHEAD_BYTES) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(encrypted, NONCE_BYTES);
    for (SecretKey key : keys) {
      try {
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, context);
        return Optional.of(cipher.doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES));
      } catch (AEADBadTagException e) {
        // another key, or forged
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES-GCM is not usable", e);
      }
    }
    return Optional.empty();
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(context);
    return cipher;
  }
}
