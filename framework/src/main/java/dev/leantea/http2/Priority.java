package dev.leantea.http2;

import java.nio.charset.StandardCharsets;

/**
 * How a client wants a response to be scheduled (RFC 9218 §4).
 *
 * @param urgency 0, the most urgent, to 7
 * @param incremental whether parts of the response are of use: it shares the connection with others
 */
record Priority(int urgency, boolean incremental) {
  static final int MAX_URGENCY = 7;

  /**
   * Without a signal responses share the connection: RFC 9218 §10 leaves it to the server, and no
   * client waits longer than its share.
   */
  static final Priority UNKNOWN = new Priority(3, true);

  /** What a signal leaves out (§4.1, §4.2). */
  private static final int DEFAULT_URGENCY = 3;

  /**
   * Reads a Priority field value, a dictionary of structured fields: {@code u=1, i}. What is
   * unknown or malformed is ignored (§4).
   */
  static Priority parse(String value) {
    int urgency = DEFAULT_URGENCY;
    boolean incremental = false;
    for (String member : value.split(",", -1)) {
      String plain = withoutParameters(member);
      if (plain.length() == 3 && plain.startsWith("u=")) {
        int digit = plain.charAt(2) - '0';
        urgency = digit >= 0 && digit <= MAX_URGENCY ? digit : urgency;
      } else if (plain.equals("i") || plain.equals("i=?1")) {
        incremental = true;
      } else if (plain.equals("i=?0")) {
        incremental = false;
      }
    }
    return new Priority(urgency, incremental);
  }

  /** Reads the payload of PRIORITY_UPDATE behind the stream (RFC 9218 §7.1). */
  static Priority parse(byte[] bytes, int from, int to) {
    return parse(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
  }

  private static String withoutParameters(String member) {
    int semicolon = member.indexOf(';');
    return (semicolon < 0 ? member : member.substring(0, semicolon)).strip();
  }
}
