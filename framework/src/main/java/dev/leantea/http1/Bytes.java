package dev.leantea.http1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Character classes and comparisons on bytes. */
final class Bytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final byte TOKEN = 1;
  private static final byte TARGET = 2;
  private static final byte HEX = 4;

  /** The classes of each byte. */
  private static final byte[] CLASSES = new byte[256];

  static {
    for (char c = 'a'; c <= 'z'; c++) {
      CLASSES[c] = CLASSES[c - 32] = TOKEN | TARGET;
    }
    for (char c = '0'; c <= '9'; c++) {
      CLASSES[c] = TOKEN | TARGET | HEX;
    }
    for (char c = 'a'; c <= 'f'; c++) {
      CLASSES[c] |= HEX;
      CLASSES[c - 32] |= HEX;
    }
    mark("!#$%&'*+-.^_`|~", TOKEN); // RFC 9110 §5.6.2: tchar
    // RFC 3986 §3.3 and §3.4, and []^`{|} which browsers send as they are in a query.
    mark("/?:@!$&'()*+,;=-._~%[]^`{|}", TARGET);
  }

  private Bytes() {}

  private static void mark(String characters, byte byteClass) {
    characters.chars().forEach(c -> CLASSES[c] |= byteClass);
  }

  static boolean isToken(byte b) {
    return (CLASSES[b & 0xFF] & TOKEN) != 0;
  }

  static boolean isTarget(byte b) {
    return (CLASSES[b & 0xFF] & TARGET) != 0;
  }

  static boolean isHex(byte b) {
    return (CLASSES[b & 0xFF] & HEX) != 0;
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** The value of a hexadecimal digit. */
  static int hexValue(byte digit) {
    return digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
  }

  /**
   * The index of the first control byte (below 0x20, or 0x7F) from {@code from} on; {@code to} if
   * there is none. Compares eight bytes at a time.
   */
  static int indexOfControl(byte[] bytes, int from, int to) {
    int i = from;
    while (i <= to - Long.BYTES) {
      long word = (long) LONGS.get(bytes, i);
      long controls = controls(word);
      if (controls != 0) {
        return i + (Long.numberOfTrailingZeros(controls) >> 3);
      }
      i += Long.BYTES;
    }
    while (i < to && !isControl(bytes[i])) {
      i++;
    }
    return i;
  }

  /**
   * Sets the high bit of the first control byte in the word, and possibly of later bytes: borrows
   * propagate upwards, so only the lowest bit set is valid.
   */
  private static long controls(long word) {
    long below20 = (word - EACH * 0x20) & ~word;
    long rubout = word ^ EACH * 0x7F;
    long equals7f = (rubout - EACH) & ~rubout;
    return (below20 | equals7f) & HIGH_BITS;
  }

  private static boolean isControl(byte b) {
    return (b >= 0 && b < ' ') || b == 0x7F;
  }

  /** Whether the bytes equal {@code lower}, which is in lower case, ignoring ASCII case. */
  static boolean equalsIgnoreCase(byte[] bytes, int from, int to, String lower) {
    if (to - from != lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      byte b = bytes[from + i];
      int folded = b >= 'A' && b <= 'Z' ? b | 0x20 : b;
      if (folded != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static String latin1(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
