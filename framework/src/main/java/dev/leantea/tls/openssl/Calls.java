package dev.leantea.tls.openssl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * Calls of native functions: three method handles for all of them, since linking is most of the
 * cost of a start. Any thread.
 *
 * <p>All arguments are {@code long}: in the 64-bit calling conventions of Linux, integers and
 * pointers use the same registers, one each, sign-extended; a function ignores further arguments;
 * an {@code int} result is the low half of the register.
 *
 * <p>A virtual thread is not unmounted during a call, nor between two calls without a blocking
 * operation between them: errors, which OpenSSL keeps by operating system thread, are read there
 * after the call that failed.
 */
@SuppressWarnings("restricted") // permitted by the JVM option --enable-native-access
final class Calls {
  private static final Linker LINKER = Linker.nativeLinker();

  private static final FunctionDescriptor LONGS =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private static final MethodHandle CALL = LINKER.downcallHandle(LONGS);

  /** The thread stays in its Java state: saves time, and holds up a garbage collection. */
  private static final MethodHandle SHORT_CALL =
      LINKER.downcallHandle(LONGS, Linker.Option.critical(false));

  private static final MethodHandle BYTES_CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, JAVA_INT),
          Linker.Option.critical(true));

  private Calls() {}

  /** Opens a library for the life of the JVM. */
  static SymbolLookup library(String name) {
    return SymbolLookup.libraryLookup(name, Arena.global());
  }

  /** Calls a function that may take long or call back. */
  static long call(MemorySegment function, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) CALL.invokeExact(function, a, b, c, d, e, f);
    } catch (Throwable t) {
      throw failed(t);
    }
  }

  static long call(MemorySegment function, long a, long b, long c, long d) {
    return call(function, a, b, c, d, 0, 0);
  }

  static long call(MemorySegment function, long a, long b) {
    return call(function, a, b, 0, 0, 0, 0);
  }

  static long call(MemorySegment function, long a) {
    return call(function, a, 0, 0, 0, 0, 0);
  }

  /** Calls a function of a few nanoseconds that does not call back. */
  static long shortCall(MemorySegment function, long a, long b, long c) {
    try {
      return (long) SHORT_CALL.invokeExact(function, a, b, c, 0L, 0L, 0L);
    } catch (Throwable t) {
      throw failed(t);
    }
  }

  /**
   * Calls {@code int function(object, bytes + from, count)}, which takes microseconds at most and
   * does not call back. The array is used in place.
   */
  static int bytesCall(MemorySegment function, long object, byte[] bytes, int from, int count) {
    return bytesCall(function, object, MemorySegment.ofArray(bytes).asSlice(from, count), count);
  }

  /** The same for bytes of an array or of native memory. */
  static int bytesCall(MemorySegment function, long object, MemorySegment bytes, int count) {
    try {
      return (int) BYTES_CALL.invokeExact(function, object, bytes, count);
    } catch (Throwable t) {
      throw failed(t);
    }
  }

  /** The address of a function that calls a Java method, which must not throw. */
  static long callback(MethodHandle method, FunctionDescriptor type, Arena arena) {
    return LINKER.upcallStub(method, type, arena).address();
  }

  /**
   * @param address of at least this many bytes
   */
  static MemorySegment memory(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /** A C string, which is never changed by OpenSSL's side; empty for a null pointer. */
  static String text(long address) {
    return address == 0
        ? ""
        : memory(address, Integer.MAX_VALUE).getString(0, StandardCharsets.ISO_8859_1);
  }

  private static RuntimeException failed(Throwable cause) {
    if (cause instanceof IndexOutOfBoundsException e) {
      return e;
    }
    return new IllegalStateException("a call of OpenSSL failed", cause);
  }
}
