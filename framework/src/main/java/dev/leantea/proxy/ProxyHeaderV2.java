package dev.leantea.proxy;

import dev.leantea.proxy.ProxyHeader.Complete;
import dev.leantea.proxy.ProxyHeader.Incomplete;
import dev.leantea.proxy.ProxyHeader.Malformed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Version 2, binary (§2.2):
 *
 * <pre>
 *  12 bytes   signature
 *   1         version 2, command: 0 LOCAL, 1 PROXY
 *   1         family: 0 unspecified, 1 IPv4, 2 IPv6, 3 unix; transport: 1 stream, 2 datagram
 *   2         length of the rest
 *  12 or 36   source and destination address, source and destination port
 *   …         type, length, value of each extension
 * </pre>
 */
final class ProxyHeaderV2 {
  private static final byte[] SIGNATURE = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };

  /** Up to the length of the rest. */
  private static final int FIXED_BYTES = 16;

  private static final int LOCAL = 0x20;
  private static final int PROXY = 0x21;
  private static final int TCP_OVER_IPV4 = 0x11;
  private static final int TCP_OVER_IPV6 = 0x21;
  private static final int PORT_BYTES = 2;

  /** PP2_TYPE_CRC32C: a checksum of the whole header (§2.2.3). */
  private static final int TYPE_CRC32C = 3;

  private static final int CRC32C_BYTES = 4;
  private static final int EXTENSION_HEAD_BYTES = 3;

  private ProxyHeaderV2() {}

  static ProxyHeader read(byte[] bytes, int length) {
    int known = Math.min(length, SIGNATURE.length);
    if (!Arrays.equals(bytes, 0, known, SIGNATURE, 0, known)) {
      return new Malformed("expected a header of version 1 or 2");
    }
    if (length < FIXED_BYTES) {
      return new Incomplete();
    }
    int whole = FIXED_BYTES + unsigned16(bytes, FIXED_BYTES - 2);
    if (whole > ProxyHeader.MAX_BYTES) {
      return new Malformed("expected at most " + ProxyHeader.MAX_BYTES + " bytes, got " + whole);
    }
    return length < whole ? new Incomplete() : whole(bytes, whole);
  }

  private static ProxyHeader whole(byte[] bytes, int length) {
    return switch (bytes[12] & 0xff) {
      case LOCAL -> new Complete(length, Optional.empty());
      case PROXY -> proxied(bytes, length);
      default -> new Malformed("expected version 2 and LOCAL or PROXY, got " + hex(bytes[12]));
    };
  }

  private static ProxyHeader proxied(byte[] bytes, int length) {
    return switch (bytes[13] & 0xff) {
      case TCP_OVER_IPV4 -> tcp(bytes, length, 4);
      case TCP_OVER_IPV6 -> tcp(bytes, length, 16);
      default -> new Complete(length, Optional.empty()); // "the receiver … ignore"
    };
  }

  private static ProxyHeader tcp(byte[] bytes, int length, int addressBytes) {
    int ports = FIXED_BYTES + 2 * addressBytes;
    int extensions = ports + 2 * PORT_BYTES;
    if (length < extensions) {
      return new Malformed("expected " + (extensions - FIXED_BYTES) + " bytes of addresses");
    }
    if (!isIntact(bytes, extensions, length)) {
      return new Malformed("expected extensions within the header, with its checksum");
    }
    byte[] client = Arrays.copyOfRange(bytes, FIXED_BYTES, FIXED_BYTES + addressBytes);
    try {
      var address =
          new InetSocketAddress(InetAddress.getByAddress(client), unsigned16(bytes, ports));
      return new Complete(length, Optional.of(address));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes", e);
    }
  }

  /** Whether the extensions end where the header does, and its checksum is right if it has one. */
  private static boolean isIntact(byte[] bytes, int extensions, int length) {
    int at = extensions;
    boolean intact = true;
    while (at + EXTENSION_HEAD_BYTES <= length && intact) {
      int value = at + EXTENSION_HEAD_BYTES;
      int valueBytes = unsigned16(bytes, at + 1);
      intact =
          value + valueBytes <= length
              && (bytes[at] != TYPE_CRC32C || isChecksum(bytes, length, value, valueBytes));
      at = value + valueBytes;
    }
    return intact && at == length;
  }

  /** The checksum is that of the header with zeros in its place. */
  private static boolean isChecksum(byte[] bytes, int length, int at, int valueBytes) {
    if (valueBytes != CRC32C_BYTES) {
      return false;
    }
    var checksum = new CRC32C();
    checksum.update(bytes, 0, at);
    checksum.update(new byte[CRC32C_BYTES]);
    checksum.update(bytes, at + CRC32C_BYTES, length - at - CRC32C_BYTES);
    long sent = ((long) unsigned16(bytes, at) << 16) | unsigned16(bytes, at + 2);
    return checksum.getValue() == sent;
  }

  private static int unsigned16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private static String hex(byte value) {
    return "0x" + Integer.toHexString(value & 0xff);
  }
}
