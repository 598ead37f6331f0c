package dev.leantea.reactor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Collections;

/**
 * The functions of libc that the io_uring engine calls, linked when this class is first used.
 *
 * <p>Results are as the kernel has them: not negative, or the error number negated.
 *
 * <p>All but {@code syscall} are linked with one and the same type, six {@code long} arguments: the
 * linker then spins one stub for all of them, which is most of what linking costs. That is sound in
 * the calling conventions of 64-bit Linux: integers and pointers travel in the same registers, one
 * each, sign-extended; a function does not look at registers behind its own arguments; of an {@code
 * int} result the low half counts.
 *
 * <p>An instance has the place where a call leaves its error number: one thread at a time.
 */
@SuppressWarnings("restricted") // what the JVM option --enable-native-access allows
final class Native {
  private static final int SYS_IO_URING_SETUP = 425;
  private static final int SYS_IO_URING_ENTER = 426;
  private static final int SYS_IO_URING_REGISTER = 427;

  private static final int PROT_READ_WRITE = 0x1 | 0x2;
  private static final int MAP_SHARED_POPULATE = 0x01 | 0x8000;
  private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x02 | 0x20 | 0x4000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SYSCALL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("syscall"),
          longs(7),
          ERRNO,
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle MMAP = link("mmap");
  private static final MethodHandle MUNMAP = link("munmap");
  private static final MethodHandle SOCKET = link("socket");
  private static final MethodHandle SETSOCKOPT = link("setsockopt");
  private static final MethodHandle BIND = link("bind");
  private static final MethodHandle LISTEN = link("listen");
  private static final MethodHandle ACCEPT4 = link("accept4");
  private static final MethodHandle GETSOCKNAME = link("getsockname");
  private static final MethodHandle GETPEERNAME = link("getpeername");
  private static final MethodHandle SHUTDOWN = link("shutdown");
  private static final MethodHandle CLOSE = link("close");
  private static final MethodHandle EVENTFD = link("eventfd");
  private static final MethodHandle WRITE = link("write");

  /** Where {@link #unmap} leaves an error number that nobody reads. */
  private static final MemorySegment UNREAD = Arena.global().allocate(STATE);

  private final MemorySegment state;

  Native(Arena arena) {
    this.state = arena.allocate(STATE);
  }

  private static FunctionDescriptor longs(int count) {
    return FunctionDescriptor.of(
        ValueLayout.JAVA_LONG,
        Collections.nCopies(count, ValueLayout.JAVA_LONG).toArray(ValueLayout[]::new));
  }

  private static MethodHandle link(String function) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(function), longs(6), ERRNO);
  }

  // ---- io_uring

  int ioUringSetup(int entries, MemorySegment params) {
    return result(syscall(SYS_IO_URING_SETUP, entries, params.address(), 0, 0, 0, 0));
  }

  /** May block. */
  int ioUringEnter(
      int ring, int submit, int minComplete, int flags, long argument, long argumentOctets) {
    return result(
        syscall(SYS_IO_URING_ENTER, ring, submit, minComplete, flags, argument, argumentOctets));
  }

  int ioUringRegister(int ring, int operation, long argument, int count) {
    return result(syscall(SYS_IO_URING_REGISTER, ring, operation, argument, count, 0, 0));
  }

  private long syscall(long number, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) SYSCALL.invokeExact(state, number, a, b, c, d, e, f);
    } catch (Throwable t) {
      throw new IllegalStateException("syscall " + number, t);
    }
  }

  // ---- memory

  /** Memory that the kernel shares through a descriptor; it lives as long as the arena. */
  MemorySegment mapShared(Arena arena, int descriptor, long offset, long octets)
      throws ErrnoException {
    return map(arena, octets, MAP_SHARED_POPULATE, descriptor, offset);
  }

  /** Zeroed memory at a page's start; a page costs nothing until it is touched. */
  MemorySegment mapAnonymous(Arena arena, long octets) throws ErrnoException {
    return map(arena, octets, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0);
  }

  private MemorySegment map(Arena arena, long octets, int flags, int descriptor, long offset)
      throws ErrnoException {
    long address = call(MMAP, 0, octets, PROT_READ_WRITE, flags, descriptor, offset);
    if (address == -1) {
      throw new ErrnoException("mmap of " + octets + " octets", -errno());
    }
    return MemorySegment.ofAddress(address).reinterpret(octets, arena, Native::unmap);
  }

  private static void unmap(MemorySegment mapped) {
    invoke(MUNMAP, UNREAD, mapped.address(), mapped.byteSize(), 0, 0, 0, 0);
  }

  // ---- sockets

  int socket(int domain, int type) {
    return result(call(SOCKET, domain, type, 0, 0, 0, 0));
  }

  int setsockopt(int socket, int level, int option, MemorySegment value) {
    return result(call(SETSOCKOPT, socket, level, option, value.address(), value.byteSize(), 0));
  }

  int bind(int socket, MemorySegment address, int octets) {
    return result(call(BIND, socket, address.address(), octets, 0, 0, 0));
  }

  int listen(int socket, int backlog) {
    return result(call(LISTEN, socket, backlog, 0, 0, 0, 0));
  }

  int accept4(int socket, int flags) {
    return result(call(ACCEPT4, socket, 0, 0, flags, 0, 0));
  }

  /** {@code octets} holds the size of the place on entry, and of the address after. */
  int getsockname(int socket, MemorySegment address, MemorySegment octets) {
    return result(call(GETSOCKNAME, socket, address.address(), octets.address(), 0, 0, 0));
  }

  /** {@code octets} holds the size of the place on entry, and of the address after. */
  int getpeername(int socket, MemorySegment address, MemorySegment octets) {
    return result(call(GETPEERNAME, socket, address.address(), octets.address(), 0, 0, 0));
  }

  int shutdown(int socket, int how) {
    return result(call(SHUTDOWN, socket, how, 0, 0, 0, 0));
  }

  // ---- descriptors

  int eventfd(int flags) {
    return result(call(EVENTFD, 0, flags, 0, 0, 0, 0));
  }

  int write(int descriptor, MemorySegment octets) {
    return result(call(WRITE, descriptor, octets.address(), octets.byteSize(), 0, 0, 0));
  }

  int close(int descriptor) {
    return result(call(CLOSE, descriptor, 0, 0, 0, 0, 0));
  }

  // ---- calls

  private long call(MethodHandle function, long a, long b, long c, long d, long e, long f) {
    return invoke(function, state, a, b, c, d, e, f);
  }

  private static long invoke(
      MethodHandle function, MemorySegment state, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) function.invokeExact(state, a, b, c, d, e, f);
    } catch (Throwable t) {
      throw new IllegalStateException("a call to libc", t);
    }
  }

  private int result(long returned) {
    int result = (int) returned;
    return result < 0 ? -errno() : result;
  }

  private int errno() {
    return state.get(ValueLayout.JAVA_INT, ERRNO_OFFSET);
  }
}
