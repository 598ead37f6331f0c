package dev.leantea.http;

/** The characters of a URI reference (RFC 3986 §4.1). */
final class UriReference {
  /** unreserved, gen-delims and sub-delims beside letters and digits, less the brackets. */
  private static final String MARKS = "-._~:/?#@!$&'()*+,;=";

  private UriReference() {}

  /**
   * Returns the text if it is a URI reference in ASCII.
   *
   * @param name of the parameter, for the message
   * @throws IllegalArgumentException otherwise, with the first character that is wrong
   */
  static String require(String text, String name) {
    int fragment = text.indexOf('#');
    for (int i = afterIpLiteral(text); i < text.length(); i++) {
      char c = text.charAt(i);
      boolean valid = c == '%' ? isEncodedByte(text, i) : isPlain(c) && (c != '#' || i == fragment);
      if (!valid) {
        throw new IllegalArgumentException(
            name
                + ": expected a URI reference in ASCII (RFC 3986), percent-encoded, got U+"
                + "%04X at %s of ".formatted((int) c, i)
                + Characters.quote(text)
                + "; PercentEncoding.encode encodes a segment or a query value,"
                + " PercentEncoding.encodeReference what may not stand in a reference");
      }
    }
    return text;
  }

  /** The index behind {@code //[::1]}, the only place of brackets, or 0. */
  private static int afterIpLiteral(String text) {
    int open = text.indexOf("//[");
    boolean atStart = open == 0 || (open > 0 && text.indexOf(':') == open - 1);
    int close = atStart ? text.indexOf(']', open) : -1;
    return close < 0 || !Authority.isValid(text.substring(open + 2, close + 1)) ? 0 : close + 1;
  }

  /** Whether it may stand as it is, outside of an IP literal and of percent-encoding. */
  static boolean isPlain(char c) {
    return Characters.isAlphanumeric(c) || MARKS.indexOf(c) >= 0;
  }

  static boolean isEncodedByte(String text, int at) {
    return at + 2 < text.length()
        && Characters.hex(text.charAt(at + 1)) >= 0
        && Characters.hex(text.charAt(at + 2)) >= 0;
  }
}
