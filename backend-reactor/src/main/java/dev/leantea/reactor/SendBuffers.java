package dev.leantea.reactor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Native memory for what is being sent. A buffer belongs to one send from {@link #take} until its
 * completion, for the kernel may read it until then; {@link #give} makes it free again.
 *
 * <pre>
 *  │ small │ small │ … │ large          │ large          │ …      numbered in this order
 * </pre>
 *
 * <p>The memory is reserved whole and costs nothing until it is touched; the buffer that was freed
 * last is taken first. The loop's thread; made on any.
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
        numbers[i] = from + count - 1 - i; // the lowest is taken first
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

  /** A buffer for so many bytes, or a smaller one, or {@link #NONE}. */
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

  /** How many are free. */
  int free() {
    return small.size + large.size;
  }

  /** All buffers; one lies at its {@link #offset}. */
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
