package dev.leantea.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A queue for one thread. {@link java.util.ArrayDeque} loses all that it holds when there is no
 * memory for a larger array; this one is as it was before.
 */
public final class Fifo<T> {
  private static final int INITIAL_CAPACITY = 64;

  private @Nullable Object[] items = new Object[INITIAL_CAPACITY]; // a power of two

  private int head;
  private int size;

  /** Makes room for one more item: the next {@link #add} needs no memory. */
  void reserve() {
    if (size == items.length) {
      grow();
    }
  }

  /** Adds at the end. */
  public void add(T item) {
    reserve();
    items[(head + size) & (items.length - 1)] = item;
    size++;
  }

  /** The item that was added first; null when there is none. */
  @SuppressWarnings("unchecked") // add puts in nothing else
  public @Nullable T poll() {
    if (size == 0) {
      return null;
    }
    @Nullable Object first = items[head];
    items[head] = null;
    head = (head + 1) & (items.length - 1);
    size--;
    return (T) first;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public int size() {
    return size;
  }

  private void grow() {
    @Nullable Object[] larger = Arrays.copyOfRange(items, head, head + items.length * 2);
    System.arraycopy(items, 0, larger, items.length - head, head);
    items = larger;
    head = 0;
  }
}
