package dev.leantea.reactor;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Wakes a loop through an eventfd: other threads write to it, and the completion of a read in the
 * ring makes {@link Ring#enter} return. {@link #wake} may be called by any thread, and does nothing
 * after {@link #close}: by then the descriptor's number may belong to another file.
 *
 * <p>It takes no lock, for it is called by the threads of the JDK that let blocked virtual threads
 * go on: one that waits for a lock which was promised to such a thread would wait for ever.
 */
final class Waker implements AutoCloseable {
  /** Its owner until it is closed, and the threads that write; the last one closes it. */
  private final AtomicInteger users = new AtomicInteger(1);

  private final AtomicBoolean closed = new AtomicBoolean();
  private final Native libc;
  private final MemorySegment one;
  private final MemorySegment count;
  private final int descriptor;

  Waker(Arena arena) throws ErrnoException {
    libc = new Native();
    one = arena.allocate(JAVA_LONG);
    one.set(JAVA_LONG, 0, 1);
    count = arena.allocate(JAVA_LONG);
    descriptor = ErrnoException.check("eventfd", libc.eventfd(Abi.EFD_CLOEXEC));
  }

  void wake() {
    if (begin()) {
      try {
        libc.write(descriptor, one);
      } finally {
        end();
      }
    }
  }

  private boolean begin() {
    for (int now = users.get(); now > 0; now = users.get()) {
      if (users.compareAndSet(now, now + 1)) {
        return true;
      }
    }
    return false;
  }

  private void end() {
    if (users.decrementAndGet() == 0) {
      libc.close(descriptor);
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
    if (!closed.getAndSet(true)) {
      end();
    }
  }
}
