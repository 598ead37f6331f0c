package dev.leantea.http2;

/** What names and values in a field block may be made of (RFC 9113 §8.2.1, RFC 9110 §5). */
final class FieldBytes {
  private static final boolean[] TOKEN = new boolean[256];

  static {
    for (char c = 'a'; c <= 'z'; c++) {
      TOKEN[c] = true;
    }
    for (char c = '0'; c <= '9'; c++) {
      TOKEN[c] = true;
    }
    "!#$%&'*+-.^_`|~".chars().forEach(c -> TOKEN[c] = true);
  }

  private FieldBytes() {}

  /** Whether the bytes are a token (RFC 9110 §5.6.2) without upper case. */
  static boolean isLowerCaseToken(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!TOKEN[bytes[i] & 0xFF]) {
        return false;
      }
    }
    return from < to;
  }

  /** Whether the bytes may be a value: no control but HTAB, no space or HTAB around it. */
  static boolean isValue(byte[] bytes, int from, int to) {
    if (from == to) {
      return true;
    }
    if (isSpace(bytes[from]) || isSpace(bytes[to - 1])) {
      return false;
    }
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == 0x7F || (b >= 0 && b < ' ' && b != '\t')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }
}
