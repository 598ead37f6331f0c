package dev.leantea.security;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an address with or without a port (RFC 7239 §6): {@code 192.0.2.1}, {@code 192.0.2.1:80},
 * {@code [2001:db8::1]:80}, {@code 2001:db8::1}. No name is ever looked up.
 */
final class Nodes {
  private static final int MAX_LENGTH = 64;

  private static final Pattern IPV4 =
      Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?::([0-9]{1,5}|_[A-Za-z0-9._-]+))?");

  private static final Pattern BRACKETED =
      Pattern.compile("\\[([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)](?::([0-9]{1,5}|_[A-Za-z0-9._-]+))?");

  private static final Pattern IPV6 = Pattern.compile("([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)()");

  private Nodes() {}

  /** The address, with port 0 if none is given; empty when it is none. */
  static Optional<InetSocketAddress> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    for (Pattern pattern : new Pattern[] {IPV4, BRACKETED, IPV6}) {
      Matcher node = pattern.matcher(text);
      if (node.matches()) {
        return address(node.group(1), Optional.ofNullable(node.group(2)).orElse(""));
      }
    }
    return Optional.empty();
  }

  private static Optional<InetSocketAddress> address(String address, String port) {
    try {
      InetAddress literal = InetAddress.ofLiteral(address);
      boolean hidden = port.isEmpty() || port.startsWith("_");
      return Optional.of(new InetSocketAddress(literal, hidden ? 0 : Integer.parseInt(port)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // 300.0.0.1, :::, port 99999
    }
  }
}
