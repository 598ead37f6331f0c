package dev.leantea.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Tells UTF-8 from what is none (RFC 3629 §4), octet by octet, at the first wrong one.
 *
 * <pre>
 *  00..7F
 *  C2..DF 80..BF
 *  E0     A0..BF 80..BF        no overlong form
 *  ED     80..9F 80..BF        no surrogate
 *  E1..EF 80..BF 80..BF
 *  F0     90..BF 80..BF 80..BF no overlong form
 *  F4     80..8F 80..BF 80..BF nothing above U+10FFFF
 *  F1..F3 80..BF 80..BF 80..BF
 * </pre>
 */
final class Utf8Validator {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH_BITS = 0x8080808080808080L;

  /** How many more octets the character needs, and between what the next one lies. */
  private int needed;

  private int least;
  private int most;

  /** Whether the octets go on as UTF-8. Once false, the rest is of no interest. */
  boolean accepts(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (needed == 0) {
        at = skipAscii(bytes, at, to);
        if (at < to && !lead(bytes[at++] & 0xFF)) {
          return false;
        }
      } else if (!trail(bytes[at++] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the last character is complete. */
  boolean isComplete() {
    return needed == 0;
  }

  /** Begins a new text. */
  void reset() {
    needed = 0;
  }

  private static int skipAscii(byte[] bytes, int from, int to) {
    int at = from;
    while (at <= to - Long.BYTES && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
      at += Long.BYTES;
    }
    while (at < to && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  private boolean lead(int octet) {
    least = 0x80;
    most = 0xBF;
    if (octet < 0xC2 || octet > 0xF4) {
      return false;
    }
    needed = octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3;
    switch (octet) {
      case 0xE0 -> least = 0xA0;
      case 0xED -> most = 0x9F;
      case 0xF0 -> least = 0x90;
      case 0xF4 -> most = 0x8F;
      default -> {}
    }
    return true;
  }

  private boolean trail(int octet) {
    boolean valid = octet >= least && octet <= most;
    least = 0x80;
    most = 0xBF;
    needed--;
    return valid;
  }
}
