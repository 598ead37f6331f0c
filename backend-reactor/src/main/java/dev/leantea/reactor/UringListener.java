package dev.leantea.reactor;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.leantea.server.AcceptFailures;
import dev.leantea.server.Listeners;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * A listening socket of {@link UringEngine}, with one multishot accept.
 *
 * <pre>
 *  LISTENING ── arm ──▶ ACCEPTING ── no descriptors ──▶ PAUSED
 *                          │    ◀──────── arm ────────────┘
 *                          │ stop
 *                          ▼
 *                       STOPPING ── the accept has ended ──▶ CLOSED
 * </pre>
 */
final class UringListener implements AutoCloseable {
  private static final int SOCKET_TYPE = Abi.SOCK_STREAM | Abi.SOCK_CLOEXEC;
  private static final InetAddress ANY_IPV6 = anyIpv6();

  private static final long ACCEPT = Ring.operation(Abi.OP_ACCEPT, 0, Abi.ACCEPT_MULTISHOT);

  private final Native libc;
  private final AcceptFailures failures;
  private final OptionValues values;
  private final int descriptor;
  private final SocketAddress address;
  private final long userData;
  private final Supplier<Engine> next;

  /** The listener's number among those of the server. */
  final int number;

  private boolean accepting;
  private boolean stopping;
  private boolean closed;

  /**
   * Guards the descriptor: once it is closed, its number may belong to another file. When it has
   * closed, no connection is on its way to another loop.
   */
  private final Object closing = new Object();

  /**
   * What socket options are set to.
   *
   * @param soon a microsecond
   */
  private record OptionValues(MemorySegment on, MemorySegment off, MemorySegment soon) {
    static OptionValues in(Arena arena) {
      MemorySegment on = arena.allocate(JAVA_INT);
      on.set(JAVA_INT, 0, 1);
      MemorySegment soon = arena.allocate(2L * Long.BYTES, Long.BYTES); // struct timeval
      soon.set(JAVA_LONG, Long.BYTES, 1);
      return new OptionValues(on, arena.allocate(JAVA_INT), soon);
    }
  }

  /**
   * Binds, and listens.
   *
   * @param userData of its accept in the ring; the lower half is the listener's number
   * @param next the engine that is to serve the next connection
   */
  UringListener(
      Native libc,
      Arena arena,
      SocketAddress asked,
      AcceptFailures failures,
      long userData,
      Supplier<Engine> next)
      throws ErrnoException {
    this.failures = failures;
    this.userData = userData;
    this.number = (int) userData;
    this.next = next;
    this.libc = libc;
    this.values = OptionValues.in(arena);
    SocketAddress bindable = hasIpv6(libc) ? withIpv4AndIpv6(asked) : asked;
    int family = SocketAddresses.family(bindable);
    descriptor = ErrnoException.check("socket", libc.socket(family, SOCKET_TYPE));
    try {
      address = listen(new SocketAddresses(arena), bindable);
    } catch (ErrnoException e) {
      libc.close(descriptor);
      throw e;
    }
  }

  private static boolean hasIpv6(Native libc) throws ErrnoException {
    int probe = libc.socket(Abi.AF_INET6, SOCKET_TYPE);
    if (probe == -Errno.EAFNOSUPPORT) {
      return false;
    }
    libc.close(ErrnoException.check("socket", probe));
    return true;
  }

  /** Replaces the wildcard address by that of IPv6, whose sockets accept IPv4 as well. */
  private static SocketAddress withIpv4AndIpv6(SocketAddress asked) {
    return asked instanceof InetSocketAddress port && port.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(ANY_IPV6, port.getPort())
        : asked;
  }

  private void setOptions(InetSocketAddress asked) throws ErrnoException {
    setOption(Abi.SOL_SOCKET, Abi.SO_REUSEADDR);
    setOption(Abi.SOL_SOCKET, Abi.SO_REUSEPORT);
    setOption(Abi.IPPROTO_TCP, Abi.TCP_NODELAY); // Linux: accepted sockets inherit it
    if (asked.getAddress().equals(ANY_IPV6)) {
      int result = libc.setsockopt(descriptor, Abi.IPPROTO_IPV6, Abi.IPV6_V6ONLY, values.off);
      ErrnoException.check("setsockopt IPV6_V6ONLY", result);
    }
  }

  private SocketAddress listen(SocketAddresses addresses, SocketAddress asked)
      throws ErrnoException {
    if (asked instanceof InetSocketAddress port) {
      setOptions(port);
    }
    ErrnoException.check("bind " + asked, addresses.bind(libc, descriptor, asked));
    ErrnoException.check("listen", libc.listen(descriptor, Listeners.BACKLOG));
    return asked instanceof InetSocketAddress ? addresses.local(libc, descriptor) : asked;
  }

  private void setOption(int level, int option) throws ErrnoException {
    ErrnoException.check(
        "setsockopt " + level + " " + option,
        libc.setsockopt(descriptor, level, option, values.on));
  }

  private static InetAddress anyIpv6() {
    try {
      return InetAddress.getByAddress(new byte[16]);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 16 bytes", e);
    }
  }

  SocketAddress address() {
    return address;
  }

  /** The engine that is to serve the next connection. */
  Engine nextEngine() {
    return next.get();
  }

  boolean isAccepting() {
    return accepting;
  }

  /** Starts or resumes accepting. */
  void arm(Ring ring) {
    if (!accepting && !stopping) {
      accepting = true;
      ring.put(ACCEPT, descriptor, 0, 0, 0, Abi.SOCK_CLOEXEC, userData, 0);
    }
  }

  /**
   * A completion of the accept: a connection, or a failure.
   *
   * @param result the new socket, or a negated error number
   */
  void accepted(Ring ring, int result, int flags) {
    if (result >= 0) {
      failures.accepted();
    }
    if ((flags & Abi.CQE_MORE) != 0) {
      return;
    }
    accepting = false;
    switch (-result) {
      // The connection stays in the kernel's queue: accepting again at once would spin.
      case Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM ->
          failures.failed(Errno.text(-result));
      default -> arm(ring);
    }
  }

  /** Cancels the accept; connections that it has accepted complete before its end does. */
  void stop(Ring ring, long cancelData) {
    stopping = true;
    if (accepting) {
      UringSocket.cancel(ring, userData, cancelData);
    }
  }

  /** Accepts a connection from the kernel's queue; {@code -EAGAIN} if it is empty. */
  int acceptNow() {
    return acceptNow(libc);
  }

  private int acceptNow(Native caller) {
    caller.setsockopt(descriptor, Abi.SOL_SOCKET, Abi.SO_RCVTIMEO, values.soon);
    return caller.accept4(descriptor, Abi.SOCK_CLOEXEC);
  }

  /**
   * Accepts the connections of the kernel's queue for another loop, unless the listener is closed:
   * the accept in flight takes none while its loop is held. Any thread.
   *
   * @param taker hands over a socket, and takes no lock
   */
  void acceptFor(IntConsumer taker) {
    synchronized (closing) {
      if (!closed) {
        Native caller = new Native();
        acceptAll(caller, taker);
      }
    }
  }

  private void acceptAll(Native caller, IntConsumer taker) {
    for (int i = 0; i < Listeners.MAX_ACCEPTS; i++) {
      int socket = acceptNow(caller);
      if (socket < 0) {
        return;
      }
      failures.accepted();
      pass(caller, socket, taker);
    }
  }

  private static void pass(Native caller, int socket, IntConsumer taker) {
    try {
      taker.accept(socket);
    } catch (RuntimeException | Error e) {
      caller.close(socket);
      throw e;
    }
  }

  /**
   * Stops listening although the loop does not respond: clients are refused from now on. The accept
   * in flight keeps the socket open until the loop ends. Any thread.
   */
  void shutdown() {
    synchronized (closing) {
      if (!closed) {
        new Native().shutdown(descriptor, Abi.SHUT_RDWR);
      }
    }
  }

  @Override
  public void close() {
    synchronized (closing) {
      if (!closed) {
        closed = true;
        libc.close(descriptor);
      }
    }
  }
}
