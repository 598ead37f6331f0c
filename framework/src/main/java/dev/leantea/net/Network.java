package dev.leantea.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses with a common prefix, such as {@code 10.0.0.0/8} (RFC 4632, RFC 4291 §2.3): those of
 * load balancers that are trusted, for instance. Immutable; any thread.
 */
public final class Network {
  /** Four numbers and dots, or hexadecimal digits and colons: older forms are mistakes. */
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private final byte[] prefix;
  private final int bits;

  private Network(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /**
   * Reads a network.
   *
   * @param text {@code ADDRESS/BITS}, IPv4 or IPv6; without {@code /BITS} it is that one address
   * @throws IllegalArgumentException when it is no network
   */
  public static Network of(String text) {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash), text);
    int bits = slash < 0 ? 8 * address.length : bits(text.substring(slash + 1), text);
    if (bits > 8 * address.length) {
      throw malformed(text, null);
    }
    return new Network(address, bits);
  }

  private static byte[] address(String address, String text) {
    if (!ADDRESS.matcher(address).matches()) {
      throw malformed(text, null);
    }
    try {
      return InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException e) {
      throw malformed(text, e);
    }
  }

  private static int bits(String digits, String text) {
    if (!digits.matches("[0-9]{1,3}")) {
      throw malformed(text, null);
    }
    return Integer.parseInt(digits);
  }

  private static IllegalArgumentException malformed(String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "network: expected an IP address, or ADDRESS/BITS such as 10.0.0.0/8, got " + text, cause);
  }

  /** Whether the address is one of this network. An IPv4 address is in no IPv6 network. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != prefix.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (bytes[i] != prefix[i]) {
        return false;
      }
    }
    int mask = 0xff00 >> (bits % 8) & 0xff;
    return bits % 8 == 0 || (bytes[whole] & mask) == (prefix[whole] & mask);
  }

  /** As it is written: {@code ADDRESS/BITS}. */
  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(prefix).getHostAddress() + "/" + bits;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes", e);
    }
  }
}
