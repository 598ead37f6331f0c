package dev.leantea.reactor;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * The functions of libc that the io_uring engine calls, linked when this class is first used.
 *
 * <p>Results follow the kernel's convention: not negative, or the negated error number.
 *
 * <p>All functions are called through one method handle that takes the function's address and seven
 * {@code long} arguments: linking is most of the engine's startup cost, and is done once this way.
 * This is valid in the 64-bit Linux calling conventions of the architectures that {@link IoUring}
 * accepts: integers and pointers use the same registers, one each, sign-extended; the seventh
 * argument is where {@code syscall}, the only function with seven, expects it; a function ignores
 * further arguments; an {@code int} result is the low half of the register.
 *
 * <p>An instance has the memory for a call's error number: one thread at a time.
 */
@SuppressWarnings("restricted") // permitted by the JVM option --enable-native-access
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

  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
              JAVA_LONG),
          ERRNO);

  private static final MemorySegment SYSCALL = find("syscall");
  private static final MemorySegment MMAP = find("mmap");
  private static final MemorySegment MUNMAP = find("munmap");
  private static final MemorySegment SOCKET = find("socket");
  private static final MemorySegment SETSOCKOPT = find("setsockopt");
  private static final MemorySegment BIND = find("bind");
  private static final MemorySegment LISTEN = find("listen");
  private static final MemorySegment ACCEPT4 = find("accept4");
  private static final MemorySegment GETSOCKNAME = find("getsockname");
  private static final MemorySegment GETPEERNAME = find("getpeername");
  private static final MemorySegment SHUTDOWN = find("shutdown");
  private static final MemorySegment CLOSE = find("close");
  private static final MemorySegment EVENTFD = find("eventfd");
  private static final MemorySegment WRITE = find("write");

  /** Memory for the error number of {@link #unmap}, which is ignored. */
  private static final MemorySegment UNREAD = Arena.global().allocate(STATE);

  private final MemorySegment state;

  /**
   * The garbage collector frees the memory of the error number: a call keeps memory of an arena
   * that can be closed alive by two atomic operations, and this memory by none.
   */
  @SuppressWarnings("MustBeClosedChecker")
  Native() {
    this.state = Arena.ofAuto().allocate(STATE);
  }

  private static MemorySegment find(String function) {
    return LINKER.defaultLookup().findOrThrow(function);
  }

  // ---- io_uring

  int ioUringSetup(int entries, MemorySegment params) {
    return result(syscall(SYS_IO_URING_SETUP, entries, params.address(), 0, 0, 0, 0));
  }

  /** May block. */
  int ioUringEnter(
      int ring, int submit, int minComplete, int flags, long argument, long argumentBytes) {
    return result(
        syscall(SYS_IO_URING_ENTER, ring, submit, minComplete, flags, argument, argumentBytes));
  }

  int ioUringRegister(int ring, int operation, long argument, int count) {
    return result(syscall(SYS_IO_URING_REGISTER, ring, operation, argument, count, 0, 0));
  }

  private long syscall(long number, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) CALL.invokeExact(SYSCALL, state, number, a, b, c, d, e, f);
    } catch (Error t) {
      throw t;
    } catch (Throwable t) {
      throw new IllegalStateException("syscall " + number, t);
    }
  }

  // ---- memory

  /** Maps memory shared with the kernel through a descriptor; unmapped when the arena closes. */
  MemorySegment mapShared(Arena arena, int descriptor, long offset, long bytes)
      throws ErrnoException {
    return map(arena, bytes, MAP_SHARED_POPULATE, descriptor, offset);
  }

  /** Maps zeroed, page-aligned memory, whose pages are allocated on first access. */
  MemorySegment mapAnonymous(Arena arena, long bytes) throws ErrnoException {
    return map(arena, bytes, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0);
  }

  private MemorySegment map(Arena arena, long bytes, int flags, int descriptor, long offset)
      throws ErrnoException {
    long address = call(MMAP, 0, bytes, PROT_READ_WRITE, flags, descriptor, offset);
    if (address == -1) {
      throw new ErrnoException("mmap of " + bytes + " bytes", -errno());
    }
    return MemorySegment.ofAddress(address).reinterpret(bytes, arena, Native::unmap);
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

  int bind(int socket, MemorySegment address, int bytes) {
    return result(call(BIND, socket, address.address(), bytes, 0, 0, 0));
  }

  int listen(int socket, int backlog) {
    return result(call(LISTEN, socket, backlog, 0, 0, 0, 0));
  }

  int accept4(int socket, int flags) {
    return result(call(ACCEPT4, socket, 0, 0, flags, 0, 0));
  }

  /** {@code bytes} holds the size of the memory before the call, and of the address after it. */
  int getsockname(int socket, MemorySegment address, MemorySegment bytes) {
    return result(call(GETSOCKNAME, socket, address.address(), bytes.address(), 0, 0, 0));
  }

  /** {@code bytes} holds the size of the memory before the call, and of the address after it. */
  int getpeername(int socket, MemorySegment address, MemorySegment bytes) {
    return result(call(GETPEERNAME, socket, address.address(), bytes.address(), 0, 0, 0));
  }

  int shutdown(int socket, int how) {
    return result(call(SHUTDOWN, socket, how, 0, 0, 0, 0));
  }

  // ---- descriptors

  int eventfd(int flags) {
    return result(call(EVENTFD, 0, flags, 0, 0, 0, 0));
  }

  int write(int descriptor, MemorySegment bytes) {
    return result(call(WRITE, descriptor, bytes.address(), bytes.byteSize(), 0, 0, 0));
  }

  int close(int descriptor) {
    return result(call(CLOSE, descriptor, 0, 0, 0, 0, 0));
  }

  // ---- calls

  private long call(MemorySegment function, long a, long b, long c, long d, long e, long f) {
    return invoke(function, state, a, b, c, d, e, f);
  }

  private static long invoke(
      MemorySegment function, MemorySegment state, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) CALL.invokeExact(function, state, a, b, c, d, e, f, 0L);
    } catch (Error t) {
      throw t;
    } catch (Throwable t) {
      throw new IllegalStateException("libc call failed", t);
    }
  }

  private int result(long returned) {
    int result = (int) returned;
    return result < 0 ? -errno() : result;
  }

  private int errno() {
    return state.get(JAVA_INT, ERRNO_OFFSET);
  }
}
