package dev.leantea.http;

import java.util.HexFormat;

/** Character classes of RFC 9110 §5 and RFC 3986. */
final class Characters {
  private static final String TOKEN_SPECIALS = "!#$%&'*+-.^_`|~";

  private static final HexFormat HEX = HexFormat.of();

  private Characters() {}

  /** tchar: RFC 9110 §5.6.2. */
  static boolean isToken(char c) {
    return isAlphanumeric(c) || TOKEN_SPECIALS.indexOf(c) >= 0;
  }

  /** Whether this is a token: one character or more. */
  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isToken(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** field-vchar, SP and HTAB: RFC 9110 §5.5. */
  static boolean isFieldValue(char c) {
    return (c >= ' ' && c <= 0xFF && c != 0x7F) || c == '\t';
  }

  static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** The value of a hexadecimal digit, or -1. */
  static int hex(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /** For messages: in quotes, controls escaped, cut at 80 characters. */
  static String quote(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < Math.min(text.length(), 80); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        quoted.append("\\u").append(HEX.toHexDigits(c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append(text.length() > 80 ? "…\"" : "\"").toString();
  }
}
