package dev.leantea.reactor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.leantea.server.Listeners;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;

/**
 * Native memory for one socket address, in the kernel's layout.
 *
 * <pre>
 *  sockaddr_in,  16 bytes: family u16 · port u16 · address 4 bytes · unused 8
 *  sockaddr_in6, 28 bytes: family u16 · port u16 · flow u32 · address 16 bytes · scope u32
 *  sockaddr_un, 110 bytes: family u16 · path 108 bytes, the last one zero
 * </pre>
 *
 * <p>The family is in native byte order, the port big-endian. One thread at a time.
 */
final class SocketAddresses {
  private static final int IPV4_BYTES = 16;
  private static final int IPV6_BYTES = 28;
  private static final int UNIX_BYTES = 110;

  /** How the JDK writes the names of files. */
  private static final Charset FILE_NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private final MemorySegment memory;
  private final MemorySegment length;

  SocketAddresses(Arena arena) {
    memory = arena.allocate(UNIX_BYTES, Integer.BYTES);
    length = arena.allocate(JAVA_INT);
  }

  static int family(SocketAddress address) {
    return switch (address) {
      case UnixDomainSocketAddress _ -> Abi.AF_UNIX;
      case InetSocketAddress port when port.getAddress() instanceof Inet6Address -> Abi.AF_INET6;
      default -> Abi.AF_INET;
    };
  }

  int bind(Native libc, int socket, SocketAddress address) {
    return libc.bind(socket, memory, write(address));
  }

  /** The address that a socket is bound to. */
  SocketAddress local(Native libc, int socket) throws ErrnoException {
    length.set(JAVA_INT, 0, UNIX_BYTES);
    ErrnoException.check("getsockname", libc.getsockname(socket, memory, length));
    return read();
  }

  /** The address of a socket's peer; unresolved if the connection is already gone. */
  SocketAddress peer(Native libc, int socket) {
    length.set(JAVA_INT, 0, UNIX_BYTES);
    return libc.getpeername(socket, memory, length) < 0
        ? InetSocketAddress.createUnresolved("unknown", 0)
        : read();
  }

  /** Writes an address and returns its length in bytes. */
  int write(SocketAddress address) {
    memory.fill((byte) 0);
    memory.set(JAVA_SHORT, 0, (short) family(address));
    return address instanceof UnixDomainSocketAddress unix
        ? write(unix)
        : write((InetSocketAddress) address);
  }

  private int write(UnixDomainSocketAddress address) {
    byte[] path = address.getPath().toString().getBytes(FILE_NAMES);
    MemorySegment.copy(path, 0, memory, JAVA_BYTE, Short.BYTES, path.length);
    return Short.BYTES + path.length + 1; // with the zero at its end
  }

  private int write(InetSocketAddress address) {
    memory.set(JAVA_SHORT, 2, Short.reverseBytes((short) address.getPort()));
    byte[] bytes = address.getAddress().getAddress();
    if (address.getAddress() instanceof Inet6Address ipv6) {
      MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, 8, bytes.length);
      memory.set(JAVA_INT, 24, ipv6.getScopeId());
      return IPV6_BYTES;
    }
    MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, 4, bytes.length);
    return IPV4_BYTES;
  }

  /** A unix domain socket's is that of a client: it has none. */
  SocketAddress read() {
    if (memory.get(JAVA_SHORT, 0) == Abi.AF_UNIX) {
      return Listeners.UNIX_PEER;
    }
    boolean ipv6 = memory.get(JAVA_SHORT, 0) == Abi.AF_INET6;
    byte[] bytes = new byte[ipv6 ? 16 : 4];
    MemorySegment.copy(memory, JAVA_BYTE, ipv6 ? 8 : 4, bytes, 0, bytes.length);
    int port = Short.toUnsignedInt(Short.reverseBytes(memory.get(JAVA_SHORT, 2)));
    return new InetSocketAddress(address(bytes, ipv6 ? memory.get(JAVA_INT, 24) : 0), port);
  }

  private static InetAddress address(byte[] bytes, int scope) {
    try {
      return scope == 0
          ? InetAddress.getByAddress(bytes)
          : Inet6Address.getByAddress(null, bytes, scope);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
    }
  }
}
