package dev.leantea.loop;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A queue of one event loop: any thread adds, the loop takes, in the order of arrival. What is
 * added on the loop's own platform thread, which is most of it, costs no atomic operation.
 *
 * <pre>
 *  other threads ── addFar ──▶ far ─┐ all that is there is taken over first
 *  the loop's ───── addNear ────────┴─▶ near ──▶ poll: near, then far
 * </pre>
 *
 * <p>So an item that was added before another one, as the memory model has it, is taken before it.
 */
public final class ArrivalQueue<T> {
  private final Fifo<T> near = new Fifo<>();
  private final ConcurrentLinkedQueue<T> far = new ConcurrentLinkedQueue<>();

  /** Adds at the end. The loop's platform thread, or a virtual thread that it carries. */
  public void addNear(T item) {
    while (!far.isEmpty()) {
      takeOver();
    }
    near.add(item);
  }

  private void takeOver() {
    near.reserve(); // before the item is in neither queue
    T earlier = far.poll();
    if (earlier != null) {
      near.add(earlier);
    }
  }

  /** Adds at the end. Any thread. */
  public void addFar(T item) {
    far.add(item);
  }

  /** Takes the item that came first; null when there is none. As {@link #addNear}. */
  public @Nullable T poll() {
    T first = near.poll();
    return first == null ? far.poll() : first;
  }

  /** Takes an item that {@link #addFar} added; null when there is none. Any thread. */
  @Nullable T pollFar() {
    return far.poll();
  }

  /** Takes an item back. Any thread. */
  public boolean removeFar(T item) {
    return far.remove(item);
  }

  /**
   * About how many items are there: another thread may see what the loop added or took a moment
   * ago, or not. Takes time in proportion to what other threads have added. Any thread.
   */
  public int size() {
    return near.size() + far.size();
  }

  /** Whether nothing is there. As {@link #addNear}. */
  public boolean isEmpty() {
    return near.isEmpty() && far.isEmpty();
  }
}
