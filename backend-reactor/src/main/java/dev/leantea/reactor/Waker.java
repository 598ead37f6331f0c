package dev.leantea.reactor;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Wakes a loop through an eventfd: other threads write to it, and the completion of a read in the
 * ring makes {@link Ring#enter} return. {@link #wake} may be called by any thread, and does nothing
 * after {@link #close}: by then the descriptor's number may belong to another file.
 */
final class Waker implements AutoCloseable {
  private final Object lock = new Object();
  private final Native libc;
  private final MemorySegment one;
  private final MemorySegment count;
  private final int descriptor;
  private boolean closed;

  Waker(Arena arena) throws ErrnoException {
    libc = new Native();
    one = arena.allocate(JAVA_LONG);
    one.set(JAVA_LONG, 0, 1);
    count = arena.allocate(JAVA_LONG);
    descriptor = ErrnoException.check("eventfd", libc.eventfd(Abi.EFD_CLOEXEC));
  }

  void wake() {
    synchronized (lock) {
      if (!closed) {
        libc.write(descriptor, one);
      }
    }
  }

  /** Puts a read into the ring; only one may be in flight. */
  void arm(Ring ring, long userData) {
    ring.put(
        Ring.operation(Abi.OP_READ, 0, 0),
        descriptor,
        0,
        count.address(),
        Long.BYTES,
        0,
        userData,
        0);
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (!closed) {
        closed = true;
        libc.close(descriptor);
      }
    }
  }
}
