package dev.leantea.reactor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Buffers that the kernel receives into: it takes one when octets have come, so a connection that
 * waits holds none.
 *
 * <pre>
 *        give: we write at the tail                the kernel takes at the head
 *  ours ──────────────▶ │ ring of (address, length, id) │ ──────────────▶ the kernel's
 *    ▲                                                                        │
 *    └────────── a completion with CQE_BUFFER and the buffer's id ────────────┘
 * </pre>
 *
 * <p>The loop's thread; made on any.
 */
final class BufferRing {
  /** Of the only group. */
  static final int GROUP = 0;

  /** The tail lies where the first entry has two octets to spare. */
  private static final int TAIL = 14;

  private static final int PAGE_OCTETS = 4096;
  private static final VarHandle SHORT = JAVA_SHORT.varHandle();

  private final int mask;
  private final int bufferOctets;
  private final MemorySegment ring;
  private final MemorySegment buffers;
  private final int count;
  private int tail;

  /**
   * @param count of buffers: a power of two up to 32768
   * @param bufferOctets of each
   */
  BufferRing(Native libc, Arena arena, int count, int bufferOctets) throws ErrnoException {
    this.count = count;
    this.mask = count - 1;
    this.bufferOctets = bufferOctets;
    long ringOctets = Math.ceilDiv((long) count * Abi.BUFFER_OCTETS, PAGE_OCTETS) * PAGE_OCTETS;
    MemorySegment all = libc.mapAnonymous(arena, ringOctets + (long) count * bufferOctets);
    this.ring = all.asSlice(0, ringOctets);
    this.buffers = all.asSlice(ringOctets);
    for (int id = 0; id < count; id++) {
      give(id);
    }
  }

  /** Makes it known to a ring. */
  void register(Native libc, Arena arena, Ring target) throws ErrnoException {
    MemorySegment registration = arena.allocate(Abi.BUFFER_RING_OCTETS, Long.BYTES);
    registration.set(JAVA_LONG, 0, ring.address());
    registration.set(JAVA_INT, 8, count);
    registration.set(JAVA_SHORT, 12, (short) GROUP);
    ErrnoException.check(
        "io_uring_register: buffer ring",
        libc.ioUringRegister(
            target.descriptor(), Abi.REGISTER_BUFFER_RING, registration.address(), 1));
  }

  int bufferOctets() {
    return bufferOctets;
  }

  /** Copies what was received into a buffer, and gives the buffer back. */
  void take(int id, byte[] target, int octets) {
    MemorySegment.copy(buffers, JAVA_BYTE, (long) id * bufferOctets, target, 0, octets);
    give(id);
  }

  /** Gives a buffer to the kernel. */
  void give(int id) {
    long entry = (long) (tail & mask) * Abi.BUFFER_OCTETS;
    ring.set(JAVA_LONG, entry, buffers.address() + (long) id * bufferOctets);
    ring.set(JAVA_INT, entry + 8, bufferOctets);
    ring.set(JAVA_SHORT, entry + 12, (short) id);
    tail++;
    SHORT.setRelease(ring, (long) TAIL, (short) tail); // the entry first, then the index
  }
}
