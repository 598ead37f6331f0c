package dev.leantea.reactor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A place for one socket address as the kernel has it.
 *
 * <pre>
 *  sockaddr_in,  16 octets: family u16 · port u16 · address 4 octets · unused 8
 *  sockaddr_in6, 28 octets: family u16 · port u16 · flow u32 · address 16 octets · scope u32
 * </pre>
 *
 * <p>The family is in the machine's order, the port big-endian. One thread at a time.
 */
final class SocketAddresses {
  private static final int IPV4_OCTETS = 16;
  private static final int IPV6_OCTETS = 28;

  private final MemorySegment place;
  private final MemorySegment length;

  SocketAddresses(Arena arena) {
    place = arena.allocate(IPV6_OCTETS, Integer.BYTES);
    length = arena.allocate(JAVA_INT);
  }

  static int family(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address ? Abi.AF_INET6 : Abi.AF_INET;
  }

  int bind(Native libc, int socket, InetSocketAddress address) {
    return libc.bind(socket, place, write(address));
  }

  /** The address that a socket is bound to. */
  InetSocketAddress local(Native libc, int socket) throws ErrnoException {
    length.set(JAVA_INT, 0, IPV6_OCTETS);
    ErrnoException.check("getsockname", libc.getsockname(socket, place, length));
    return read();
  }

  /** The address of a socket's peer; unresolved when the kernel no longer knows it. */
  InetSocketAddress peer(Native libc, int socket) {
    length.set(JAVA_INT, 0, IPV6_OCTETS);
    return libc.getpeername(socket, place, length) < 0
        ? InetSocketAddress.createUnresolved("unknown", 0)
        : read();
  }

  /** Returns how many octets it wrote. */
  int write(InetSocketAddress address) {
    place.fill((byte) 0);
    place.set(JAVA_SHORT, 0, (short) family(address));
    place.set(JAVA_SHORT, 2, Short.reverseBytes((short) address.getPort()));
    byte[] octets = address.getAddress().getAddress();
    if (address.getAddress() instanceof Inet6Address ipv6) {
      MemorySegment.copy(octets, 0, place, JAVA_BYTE, 8, octets.length);
      place.set(JAVA_INT, 24, ipv6.getScopeId());
      return IPV6_OCTETS;
    }
    MemorySegment.copy(octets, 0, place, JAVA_BYTE, 4, octets.length);
    return IPV4_OCTETS;
  }

  InetSocketAddress read() {
    boolean ipv6 = place.get(JAVA_SHORT, 0) == Abi.AF_INET6;
    byte[] octets = new byte[ipv6 ? 16 : 4];
    MemorySegment.copy(place, JAVA_BYTE, ipv6 ? 8 : 4, octets, 0, octets.length);
    int port = Short.toUnsignedInt(Short.reverseBytes(place.get(JAVA_SHORT, 2)));
    return new InetSocketAddress(address(octets, ipv6 ? place.get(JAVA_INT, 24) : 0), port);
  }

  private static InetAddress address(byte[] octets, int scope) {
    try {
      return scope == 0
          ? InetAddress.getByAddress(octets)
          : Inet6Address.getByAddress(null, octets, scope);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + octets.length + " octets", e);
    }
  }
}
