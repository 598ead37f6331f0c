package dev.leantea.sse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One stream of events for thousands of clients:
 *
 * <pre>{@code
 * var news = new Broadcast(100, Broadcast.Overflow.DROP_OLDEST);
 * routes.get("/news", request -> Sse.events(news));
 * news.publish(Event.of("tea is ready"));
 * }</pre>
 *
 * <pre>
 *  publish ─ encoded once ─┬▶ queue, at most {@code capacity} ─▶ thread of subscriber 1 ─▶ client
 *                          └▶ queue ─▶ …                         (blocks while its client is slow)
 * </pre>
 *
 * <p>Publishing never blocks on a client. All subscribers see events in the same order. Any thread.
 */
public final class Broadcast implements EventHandler, AutoCloseable {
  /** What happens to a subscriber whose queue is full. */
  public enum Overflow {
    /** It misses the oldest events of its queue. */
    DROP_OLDEST,
    /** Its connection is aborted; a browser connects again, and says what it saw last. */
    DISCONNECT
  }

  private final int capacity;
  private final Overflow overflow;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final ReentrantLock publishing = new ReentrantLock();
  private boolean closed;

  /**
   * @param capacity events that wait for one slow client, 1 or more
   */
  public Broadcast(int capacity, Overflow overflow) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: expected 1 or more, got " + capacity);
    }
    this.capacity = capacity;
    this.overflow = overflow;
  }

  /** Gives an event to all subscribers. After {@link #close} it goes nowhere. */
  public void publish(Event event) {
    byte[] encoded = event.encode();
    publishing.lock();
    try {
      subscriptions.forEach(subscription -> subscription.offer(encoded));
    } finally {
      publishing.unlock();
    }
  }

  /** The number of subscribers now. */
  public int subscribers() {
    return subscriptions.size();
  }

  /**
   * Begins to collect events; close it in the end. For a handler that sends a state first:
   * subscribe, send the state, then {@link Subscription#sendAll}, and nothing is missed in between.
   */
  public Subscription subscribe() {
    var subscription = new Subscription();
    publishing.lock();
    try {
      if (closed) {
        subscription.end();
      } else {
        subscriptions.add(subscription);
      }
    } finally {
      publishing.unlock();
    }
    return subscription;
  }

  /** Sends what is published from now on, until the client leaves or {@link #close}. */
  @Override
  public void handle(Events events) throws IOException, InterruptedException {
    try (Subscription subscription = subscribe()) {
      subscription.sendAll(events);
    }
  }

  /** Lets all subscribers send what waits, and ends their streams. */
  @Override
  public void close() {
    publishing.lock();
    try {
      closed = true;
      subscriptions.forEach(Subscription::end);
    } finally {
      publishing.unlock();
    }
  }

  /** One subscriber's queue. One thread sends from it. */
  public final class Subscription implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private long dropped;
    private boolean ended;
    private boolean overflowed;

    private Subscription() {}

    private void offer(byte[] encoded) {
      lock.lock();
      try {
        if (queue.size() == capacity) {
          makeRoom();
        }
        if (!overflowed) {
          queue.addLast(encoded);
        }
        changed.signal();
      } finally {
        lock.unlock();
      }
    }

    private void makeRoom() {
      dropped++;
      switch (overflow) {
        case DROP_OLDEST -> queue.removeFirst();
        case DISCONNECT -> {
          overflowed = true;
          queue.clear();
          subscriptions.remove(this);
        }
      }
    }

    private void end() {
      lock.lock();
      try {
        ended = true;
        changed.signal();
      } finally {
        lock.unlock();
      }
    }

    /** How many events this subscriber missed. */
    public long dropped() {
      lock.lock();
      try {
        return dropped;
      } finally {
        lock.unlock();
      }
    }

    /**
     * Sends events as they are published, until the broadcast is closed.
     *
     * @throws IOException when the client is gone, or too slow and to be disconnected
     */
    public void sendAll(Events events) throws IOException, InterruptedException {
      for (byte[] encoded; (encoded = take()) != null; ) {
        events.write(encoded);
      }
    }

    /** All that waits, as one piece: who is behind catches up by it. Null at the end. */
    private byte @Nullable [] take() throws IOException, InterruptedException {
      lock.lock();
      try {
        while (queue.isEmpty()) {
          if (overflowed) {
            throw new IOException(
                "broadcast: expected the client to be at most %d events behind"
                    .formatted(capacity));
          }
          if (ended) {
            return null;
          }
          changed.await();
        }
        return queue.size() == 1 ? queue.removeFirst() : takeAll();
      } finally {
        lock.unlock();
      }
    }

    private byte[] takeAll() {
      var all = new ByteArrayOutputStream();
      queue.forEach(all::writeBytes);
      queue.clear();
      return all.toByteArray();
    }

    /** Collects no more. */
    @Override
    public void close() {
      subscriptions.remove(this);
    }
  }
}
