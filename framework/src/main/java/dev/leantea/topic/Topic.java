package dev.leantea.topic;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Items in one order for many subscribers. All share one linked list; each has a cursor in it:
 *
 * <pre>
 *           cursor of a slow subscriber     cursor of a fast one
 *                     ▼                              ▼
 *   (garbage) ─▶ item 3 ─▶ item 4 ─▶ item 5 ─▶ item 6 (tail) ◀─ publish
 *                     └──── at most capacity ────────┘
 * </pre>
 *
 * <p>An item is never copied, and is garbage once all cursors have passed it and enough newer ones
 * are there for those who come back. Publishing takes time for each subscriber but never waits for
 * one: the only lock is held for the few instructions that append an item. Any thread publishes;
 * one thread at a time takes from a subscription.
 *
 * @param <T> what is published; not changed afterwards
 */
public final class Topic<T> {
  private final int capacity;
  private final boolean dropsOldest;
  private final int history;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final ReentrantLock appending = new ReentrantLock();
  private volatile Node<T> tail = new Node<>(null, 0);
  private volatile Node<T> oldest = tail;
  private volatile boolean closed;

  /** An element of the list. The one that a cursor names was taken. */
  private static final class Node<T> {
    final @Nullable T item;
    final long number;
    volatile @Nullable Node<T> next;

    Node(@Nullable T item, long number) {
      this.item = item;
      this.number = number;
    }
  }

  /**
   * @param capacity items that wait for one subscriber at most, 1 or more
   * @param dropsOldest whether a subscriber that is behind by more misses the oldest; else its
   *     subscription ends
   */
  public Topic(int capacity, boolean dropsOldest) {
    this(capacity, dropsOldest, 0);
  }

  /**
   * @param history the newest items that a subscriber may begin with, 0 or more
   */
  public Topic(int capacity, boolean dropsOldest, int history) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: expected 1 or more, got " + capacity);
    }
    this.capacity = capacity;
    this.dropsOldest = dropsOldest;
    this.history = history;
  }

  /** Gives an item to all subscribers. After {@link #close} it does nothing. */
  public void publish(T item) {
    long number = append(item);
    if (number > 0) {
      subscriptions.forEach(subscription -> subscription.published(number));
    }
  }

  /** Returns the item's number; 0 when the topic is closed. */
  private long append(T item) {
    appending.lock();
    try {
      if (closed) {
        return 0;
      }
      Node<T> last = tail;
      var node = new Node<>(item, last.number + 1);
      last.next = node;
      tail = node;
      for (Node<T> next; node.number - oldest.number > history && (next = oldest.next) != null; ) {
        oldest = next;
      }
      return node.number;
    } finally {
      appending.unlock();
    }
  }

  /**
   * Begins to queue items; close the subscription in the end.
   *
   * @param overflowed called once, on a publisher's thread, when the subscription ends because its
   *     queue is full; it must not wait
   */
  public Subscription subscribe(Runnable overflowed) {
    return subscribe(overflowed, tail);
  }

  /**
   * As {@link #subscribe(Runnable)}, but begins with items of the history.
   *
   * @param seen whether the subscriber has an item, and so all before it
   */
  public Subscription subscribe(Runnable overflowed, Predicate<T> seen) {
    Node<T> at = oldest;
    for (Node<T> next = at.next; next != null && isSeen(next, seen); next = at.next) {
      at = next;
    }
    return subscribe(overflowed, at);
  }

  private static <T> boolean isSeen(Node<T> node, Predicate<T> seen) {
    T item = node.item;
    return item != null && seen.test(item);
  }

  private Subscription subscribe(Runnable overflowed, Node<T> from) {
    var subscription = new Subscription(overflowed, from);
    subscriptions.add(subscription);
    return subscription;
  }

  /** The number of subscriptions now. */
  public int subscribers() {
    return subscriptions.size();
  }

  /** Ends each subscription behind the items that wait. */
  public void close() {
    appending.lock();
    try {
      closed = true;
    } finally {
      appending.unlock();
    }
    subscriptions.forEach(Subscription::wake);
  }

  /** One subscriber's place in the list. */
  public final class Subscription implements AutoCloseable {
    private final Runnable onOverflow;
    private final AtomicReference<Node<T>> cursor;
    private final @Nullable T start;

    /** What may wait: that of the history comes on top. */
    private final long limit;

    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean overflowed = new AtomicBoolean();
    private volatile boolean left;

    /** The thread that waits for an item, if one does. */
    private volatile @Nullable Thread waiting;

    private Subscription(Runnable onOverflow, Node<T> from) {
      this.onOverflow = onOverflow;
      this.cursor = new AtomicReference<>(from);
      this.start = from.item;
      this.limit = capacity + (tail.number - from.number);
    }

    /** The item before the first one; null when there was none. */
    public @Nullable T start() {
      return start;
    }

    /** How many items this subscriber missed. Any thread. */
    public long dropped() {
      return dropped.get();
    }

    /** Whether it ended because its queue was full. Any thread. */
    public boolean hasOverflowed() {
      return overflowed.get();
    }

    // ---- the publishers' side

    private void published(long latest) {
      if (latest - cursor.get().number > limit) {
        if (dropsOldest) {
          dropOldest(latest);
        } else {
          overflow(latest);
        }
      }
      wake();
    }

    private void dropOldest(long latest) {
      for (Node<T> at = cursor.get(); latest - at.number > limit; at = cursor.get()) {
        Node<T> next = at.next;
        if (next != null && cursor.compareAndSet(at, next)) {
          dropped.incrementAndGet();
        }
      }
    }

    private void overflow(long latest) {
      if (overflowed.compareAndSet(false, true)) {
        // A cursor outside of the list: the subscriber's thread may hold it for a while.
        Node<T> at = cursor.getAndSet(new Node<>(null, Long.MAX_VALUE));
        dropped.addAndGet(latest - at.number);
        subscriptions.remove(this);
        onOverflow.run();
      }
    }

    private void wake() {
      Thread thread = waiting;
      if (thread != null) {
        LockSupport.unpark(thread);
      }
    }

    // ---- the subscriber's side

    /** The next item, without waiting; null when there is none at the moment. */
    public @Nullable T poll() {
      while (true) {
        Node<T> at = cursor.get();
        Node<T> next = at.next;
        if (next == null) {
          return null;
        }
        if (cursor.compareAndSet(at, next)) {
          return next.item;
        }
      }
    }

    /**
     * The next item; waits for it.
     *
     * @return null at the end: the topic was closed and all was taken, the subscription was closed,
     *     or it has overflowed
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    public @Nullable T take() throws InterruptedException {
      while (true) {
        boolean over = closed || overflowed.get(); // looked at first: the last items may come now
        T item = left ? null : poll();
        if (item != null || over || left) {
          return item;
        }
        await();
      }
    }

    private void await() throws InterruptedException {
      waiting = Thread.currentThread();
      try {
        if (cursor.get().next == null && !closed && !left && !overflowed.get()) {
          LockSupport.park(this);
        }
      } finally {
        waiting = null;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting for an item");
      }
    }

    /** Queues no more and drops what waits; a {@link #take} under way ends. Any thread. */
    @Override
    public void close() {
      left = true;
      subscriptions.remove(this);
      wake();
    }
  }
}
