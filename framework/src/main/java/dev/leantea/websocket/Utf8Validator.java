package dev.leantea.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Validates UTF-8 (RFC 3629 §4) byte by byte, and fails at the first wrong one.
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

  /** How many more bytes the character needs, and the range of the next one. */
  private int needed;

  private int min;
  private int max;

  /** Whether the bytes continue as UTF-8. After a false, do not call it again. */
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

  private boolean lead(int b) {
    min = 0x80;
    max = 0xBF;
    if (b < 0xC2 || b > 0xF4) {
      return false;
    }
    needed = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
    switch (b) {
      case 0xE0 -> min = 0xA0;
      case 0xED -> max = 0x9F;
      case 0xF0 -> min = 0x90;
      case 0xF4 -> max = 0x8F;
      default -> {}
    }
    return true;
  }

  private boolean trail(int b) {
    boolean valid = b >= min && b <= max;
    min = 0x80;
    max = 0xBF;
    needed--;
    return valid;
  }
}
