package dev.leantea.reactor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Buffers that the kernel receives into. It takes one only when bytes have arrived, so a waiting
 * connection holds none.
 *
 * <pre>
 *        give: we write at the tail                the kernel takes at the head
 *  ours ──────────────▶ │ ring of (address, length, id) │ ──────────────▶ the kernel's
 *    ▲                                                                        │
 *    └────────── a completion with CQE_BUFFER and the buffer's id ────────────┘
 * </pre>
 *
 * <p>Created on any thread, then used by the loop's thread only.
 */
final class BufferRing {
  /** Id of the only buffer group. */
  static final int GROUP = 0;

  /** Offset of the tail: in two unused bytes of the first entry. */
  private static final int TAIL = 14;

  private static final int PAGE_BYTES = 4096;
  private static final VarHandle SHORT = JAVA_SHORT.varHandle();

  private final int mask;
  private final int bufferBytes;
  private final MemorySegment ring;
  private final MemorySegment buffers;
  private final int count;
  private int tail;

  /**
   * @param count number of buffers: a power of two up to 32768
   * @param bufferBytes size of each
   */
  BufferRing(Native libc, Arena arena, int count, int bufferBytes) throws ErrnoException {
    this.count = count;
    this.mask = count - 1;
    this.bufferBytes = bufferBytes;
    long ringBytes = Math.ceilDiv((long) count * Abi.BUFFER_BYTES, PAGE_BYTES) * PAGE_BYTES;
    MemorySegment all = libc.mapAnonymous(arena, ringBytes + (long) count * bufferBytes);
    this.ring = all.asSlice(0, ringBytes);
    this.buffers = all.asSlice(ringBytes);
    for (int id = 0; id < count; id++) {
      give(id);
    }
  }

  /** Registers it with a ring. */
  void register(Native libc, Arena arena, Ring target) throws ErrnoException {
    MemorySegment registration = arena.allocate(Abi.BUFFER_RING_BYTES, Long.BYTES);
    registration.set(JAVA_LONG, 0, ring.address());
    registration.set(JAVA_INT, 8, count);
    registration.set(JAVA_SHORT, 12, (short) GROUP);
    ErrnoException.check(
        "io_uring_register: buffer ring",
        libc.ioUringRegister(
            target.descriptor(), Abi.REGISTER_BUFFER_RING, registration.address(), 1));
  }

  int bufferBytes() {
    return bufferBytes;
  }

  /** Copies received bytes out of a buffer, and returns the buffer to the kernel. */
  void take(int id, byte[] target, int offset, int bytes) {
    MemorySegment.copy(buffers, JAVA_BYTE, (long) id * bufferBytes, target, offset, bytes);
    give(id);
  }

  /** Returns a buffer to the kernel. */
  void give(int id) {
    long entry = (long) (tail & mask) * Abi.BUFFER_BYTES;
    ring.set(JAVA_LONG, entry, buffers.address() + (long) id * bufferBytes);
    ring.set(JAVA_INT, entry + 8, bufferBytes);
    ring.set(JAVA_SHORT, entry + 12, (short) id);
    tail++;
    SHORT.setRelease(ring, (long) TAIL, (short) tail); // the entry first, then the index
  }
}
