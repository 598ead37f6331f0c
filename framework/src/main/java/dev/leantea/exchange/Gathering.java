package dev.leantea.exchange;

import java.util.Arrays;

/**
 * A body that gathers in one array: of its declared size, or growing up to the limit. What it takes
 * is reserved from the request's {@link BodyMemory} first. Guarded by the pipe that fills it.
 *
 * <pre>
 *  ACCEPTING ─┬─ more than the limit ──▶ TOO_LARGE
 *             └─ no budget left ───────▶ OVER_BUDGET
 * </pre>
 */
final class Gathering {
  private enum State {
    ACCEPTING,
    TOO_LARGE,
    OVER_BUDGET
  }

  private static final int FIRST_BYTES = 1024;
  private static final byte[] NONE = new byte[0];

  private final BodyMemory memory;
  private final int limit;
  private State state = State.ACCEPTING;
  private byte[] bytes = NONE;
  private int size;

  /**
   * @param declared the body's length, or -1 when it is not known
   * @param limit the maximum number of bytes
   */
  Gathering(BodyMemory memory, long declared, int limit) {
    this.memory = memory;
    this.limit = limit;
    if (declared > limit) {
      state = State.TOO_LARGE;
    } else if (declared > 0) {
      grow((int) declared);
    }
  }

  /** Adds bytes; false when it accepts no more. */
  boolean add(byte[] source, int from, int count) {
    if (state == State.ACCEPTING && bytes.length - size < count) {
      if (count > limit - size) {
        state = State.TOO_LARGE;
      } else {
        grow(
            (int)
                Math.min(limit, Math.max(FIRST_BYTES, Math.max(bytes.length * 2L, size + count))));
      }
    }
    if (state != State.ACCEPTING) {
      return false;
    }
    System.arraycopy(source, from, bytes, size, count);
    size += count;
    return true;
  }

  private void grow(int capacity) {
    if (!memory.reserve(capacity - bytes.length)) {
      state = State.OVER_BUDGET;
      return;
    }
    try {
      bytes = Arrays.copyOf(bytes, capacity);
    } catch (OutOfMemoryError e) {
      memory.release(capacity - bytes.length);
      throw e;
    }
  }

  boolean accepts() {
    return state == State.ACCEPTING;
  }

  boolean isTooLarge() {
    return state == State.TOO_LARGE;
  }

  /** All bytes; the array is not copied where it has just their size. */
  byte[] bytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
