package dev.leantea.http;

/**
 * {@code uri-host [ ":" port ]}: the value of Host, and the authority of an absolute-form target
 * (RFC 9110 §7.2, RFC 3986 §3.2). User information is refused (RFC 9110 §4.2.4).
 */
public final class Authority {
  /** unreserved and sub-delims of RFC 3986, less the comma: two hosts joined by a proxy. */
  private static final String HOST_MARKS = "-._~!$&'()*+;=%";

  private static final int MAX_PORT = 65_535;

  private Authority() {}

  /**
   * Whether this is a host, with or without a port. An empty value is one too: a Host field is
   * empty when the target has no authority (RFC 9112 §3.2).
   */
  public static boolean isValid(String authority) {
    int port = authority.startsWith("[") ? afterBracket(authority) : authority.indexOf(':');
    if (port == -2) {
      return false;
    }
    String host = port < 0 ? authority : authority.substring(0, port);
    return isHost(host) && (port < 0 || isPort(authority.substring(port + 1)));
  }

  static String require(String authority) {
    return require(authority, "target");
  }

  /**
   * Returns the text if it is a host, with or without a port.
   *
   * @param name of the parameter, for the message
   * @throws IllegalArgumentException otherwise
   */
  static String require(String authority, String name) {
    if (authority.isEmpty() || authority.startsWith(":") || !isValid(authority)) {
      throw new IllegalArgumentException(
          name + ": expected host[:port], got " + Characters.quote(authority));
    }
    return authority;
  }

  static String requireWithPort(String authority) {
    if (authority.lastIndexOf(':') <= authority.lastIndexOf(']') || authority.endsWith(":")) {
      throw new IllegalArgumentException(
          "target: expected host:port, got " + Characters.quote(authority));
    }
    return require(authority);
  }

  /** The index of the colon after an IPv6 literal, -1 without a port, -2 when malformed. */
  private static int afterBracket(String authority) {
    int close = authority.indexOf(']');
    if (close < 0) {
      return -2;
    }
    if (close == authority.length() - 1) {
      return -1;
    }
    return authority.charAt(close + 1) == ':' ? close + 1 : -2;
  }

  private static boolean isHost(String host) {
    if (host.startsWith("[")) {
      return isIpLiteral(host.substring(1, host.length() - 1));
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (!Characters.isAlphanumeric(c) && HOST_MARKS.indexOf(c) < 0) {
        return false;
      }
      if (c == '%' && !UriReference.isEncodedByte(host, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIpLiteral(String literal) {
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (Characters.hex(c) < 0 && c != ':' && c != '.') {
        return false;
      }
    }
    return literal.indexOf(':') >= 0;
  }

  private static boolean isPort(String port) {
    if (port.length() > 5) {
      return false;
    }
    int value = 0;
    for (int i = 0; i < port.length(); i++) {
      char c = port.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      value = value * 10 + c - '0';
    }
    return value <= MAX_PORT;
  }
}
