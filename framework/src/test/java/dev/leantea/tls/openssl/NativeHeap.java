package dev.leantea.tls.openssl;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The bytes that the process has got from malloc and not freed. */
@SuppressWarnings("restricted")
final class NativeHeap {
  /** {@code struct mallinfo2} of glibc: ten sizes. */
  private static final MemoryLayout INFO =
      MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG));

  private static final int UORDBLKS = 7;
  private static final int HBLKHD = 4;

  private NativeHeap() {}

  static long used() {
    Linker linker = Linker.nativeLinker();
    MethodHandle mallinfo2 =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("mallinfo2"), FunctionDescriptor.of(INFO));
    try (Arena arena = Arena.ofConfined()) {
      var info = (MemorySegment) mallinfo2.invokeExact((SegmentAllocator) arena);
      return info.getAtIndex(ValueLayout.JAVA_LONG, UORDBLKS)
          + info.getAtIndex(ValueLayout.JAVA_LONG, HBLKHD);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }
}
