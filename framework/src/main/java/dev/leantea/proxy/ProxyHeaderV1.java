package dev.leantea.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.leantea.proxy.ProxyHeader.Complete;
import dev.leantea.proxy.ProxyHeader.Incomplete;
import dev.leantea.proxy.ProxyHeader.Malformed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Version 1, one line of text (§2.1):
 *
 * <pre>
 *  PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n
 *  PROXY UNKNOWN …\r\n
 * </pre>
 */
final class ProxyHeaderV1 {
  /** With CR LF: "worst case" in §2.1. */
  private static final int MAX_LINE_BYTES = 107;

  private static final String START = "PROXY ";
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");
  private static final int MAX_PORT = 65_535;

  private ProxyHeaderV1() {}

  static ProxyHeader read(byte[] bytes, int length) {
    int known = Math.min(length, START.length());
    String start = new String(bytes, 0, known, ISO_8859_1);
    if (!START.startsWith(start)) {
      return new Malformed("expected PROXY and a space");
    }
    int end = indexOfLineFeed(bytes, Math.min(length, MAX_LINE_BYTES));
    if (end < 0) {
      return length < MAX_LINE_BYTES
          ? new Incomplete()
          : new Malformed("expected a line of at most 107 bytes");
    }
    if (bytes[end - 1] != '\r') {
      return new Malformed("expected CR LF at the end of the line, got LF alone");
    }
    return line(new String(bytes, 0, end - 1, ISO_8859_1), end + 1);
  }

  private static int indexOfLineFeed(byte[] bytes, int to) {
    for (int i = 0; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static ProxyHeader line(String line, int length) {
    String[] words = line.split(" ", -1);
    if (words[1].equals("UNKNOWN")) {
      return new Complete(length, Optional.empty());
    }
    boolean ipv6 = words[1].equals("TCP6");
    if (!ipv6 && !words[1].equals("TCP4")) {
      return new Malformed("expected TCP4, TCP6 or UNKNOWN after PROXY");
    }
    if (words.length != 6 || !isPort(words[4]) || !isPort(words[5])) {
      return new Malformed("expected two addresses and two ports after " + words[1]);
    }
    Pattern address = ipv6 ? IPV6 : IPV4;
    if (!address.matcher(words[2]).matches() || !address.matcher(words[3]).matches()) {
      return new Malformed("expected addresses of " + words[1]);
    }
    return complete(words[2], Integer.parseInt(words[4]), length);
  }

  private static boolean isPort(String text) {
    return PORT.matcher(text).matches() && Integer.parseInt(text) <= MAX_PORT;
  }

  private static ProxyHeader complete(String client, int port, int length) {
    try {
      SocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(client), port);
      return new Complete(length, Optional.of(address));
    } catch (IllegalArgumentException _) {
      return new Malformed("expected the client's address, got something else");
    }
  }
}
