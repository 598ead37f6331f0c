package dev.leantea.reactor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Native memory for sends. A buffer belongs to one send from {@link #take} until its completion,
 * because the kernel may read it until then; {@link #give} frees it.
 *
 * <pre>
 *  │ small │ small │ … │ large          │ large          │ …      numbered in this order
 * </pre>
 *
 * <p>All memory is reserved at once, and its pages are allocated on first access; the buffer that
 * was freed last is taken first. Created on any thread, then used by the loop's thread only.
 */
final class SendBuffers {
  /** No buffer. */
  static final int NONE = -1;

  private final int smallBytes;
  private final int largeBytes;
  private final int smallCount;
  private final MemorySegment memory;
  private final Stack small;
  private final Stack large;

  /** Free buffers of one size. */
  private static final class Stack {
    private final int[] numbers;
    private int size;

    Stack(int from, int count) {
      numbers = new int[count];
      size = count;
      for (int i = 0; i < count; i++) {
        numbers[i] = from + count - 1 - i; // the lowest number is taken first
      }
    }

    int pop() {
      return size == 0 ? NONE : numbers[--size];
    }

    void push(int number) {
      numbers[size++] = number;
    }
  }

  SendBuffers(
      Native libc, Arena arena, int smallCount, int smallBytes, int largeCount, int largeBytes)
      throws ErrnoException {
    this.smallCount = smallCount;
    this.smallBytes = smallBytes;
    this.largeBytes = largeBytes;
    this.memory =
        libc.mapAnonymous(arena, (long) smallCount * smallBytes + (long) largeCount * largeBytes);
    this.small = new Stack(0, smallCount);
    this.large = new Stack(smallCount, largeCount);
  }

  /** Takes a buffer for this many bytes, else one of the other size, else {@link #NONE}. */
  int take(long bytes) {
    if (bytes <= smallBytes) {
      int number = small.pop();
      return number == NONE ? large.pop() : number;
    }
    int number = large.pop();
    return number == NONE ? small.pop() : number;
  }

  void give(int number) {
    (number < smallCount ? small : large).push(number);
  }

  /** Number of free buffers. */
  int free() {
    return small.size + large.size;
  }

  /** The memory of all buffers; {@link #offset} locates one. */
  MemorySegment memory() {
    return memory;
  }

  long offset(int number) {
    return number < smallCount
        ? (long) number * smallBytes
        : (long) smallCount * smallBytes + (long) (number - smallCount) * largeBytes;
  }

  int bytes(int number) {
    return number < smallCount ? smallBytes : largeBytes;
  }
}
