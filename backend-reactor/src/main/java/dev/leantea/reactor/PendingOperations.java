package dev.leantea.reactor;

import dev.leantea.loop.SocketOperation;
import dev.leantea.loop.SocketOperation.Outcome;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The waits of handlers for their sockets that are in progress in one loop, each in a slot, and the
 * earliest of their deadlines. The loop's thread.
 *
 * <p>A wait costs its deadline one comparison. All slots are looked at only when the earliest
 * deadline has passed; it may be that of a wait that has ended, so a look may find nothing.
 */
final class PendingOperations {
  private static final int MIN_SLOTS = 64;

  private @Nullable SocketOperation[] slots = new SocketOperation[MIN_SLOTS];

  /** A stack of free slots. */
  private int[] free = new int[MIN_SLOTS];

  private int freeCount;
  private int used;
  private int size;
  private long earliest = SocketOperation.NEVER;

  /** Adds an operation. Returns its slot. */
  int add(SocketOperation operation) {
    if (freeCount == 0 && used == slots.length) {
      slots = Arrays.copyOf(slots, used * 2);
      free = Arrays.copyOf(free, used * 2);
    }
    int slot = freeCount > 0 ? free[--freeCount] : used++;
    slots[slot] = operation;
    size++;
    earliest = Math.min(earliest, operation.deadline());
    return slot;
  }

  /** The operation in a slot; null when the slot is free. */
  @Nullable SocketOperation at(int slot) {
    return slots[slot];
  }

  /** The slot of an operation; -1 when it is not in progress here. */
  int slotOf(SocketOperation operation) {
    for (int slot = 0; slot < used; slot++) {
      if (slots[slot] == operation) {
        return slot;
      }
    }
    return -1;
  }

  void remove(int slot) {
    slots[slot] = null;
    free[freeCount++] = slot;
    size--;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** How long the loop may wait for events: so many nanoseconds, or until the next deadline. */
  long limit(long nanos) {
    return earliest == SocketOperation.NEVER
        ? nanos
        : Math.clamp(earliest - SocketOperation.now(), 0, nanos);
  }

  /**
   * Finds the operations whose deadline has passed.
   *
   * @param end ends an operation, at once or soon
   */
  void expire(Consumer<SocketOperation> end) {
    if (earliest == SocketOperation.NEVER || earliest > SocketOperation.now()) {
      return;
    }
    long now = SocketOperation.now();
    earliest = SocketOperation.NEVER;
    for (int slot = 0; slot < used; slot++) {
      SocketOperation operation = slots[slot];
      if (operation == null || operation.isEnding()) {
        continue;
      }
      if (operation.deadline() <= now) {
        operation.endAs(Outcome.TIMED_OUT);
        end.accept(operation);
      } else {
        earliest = Math.min(earliest, operation.deadline());
      }
    }
  }

  /** Completes all: the loop has ended. */
  void abandonAll() {
    for (int slot = 0; slot < used; slot++) {
      SocketOperation operation = slots[slot];
      if (operation != null) {
        remove(slot);
        operation.complete(Outcome.LOOP_ENDED, 0);
      }
    }
  }
}
