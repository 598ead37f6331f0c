package dev.leantea.sse;

import dev.leantea.http.ClientGoneException;
import dev.leantea.topic.Topic;
import java.io.IOException;

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
 * <p>Publishing never waits for a client. The queues share the encoded events, so a large event is
 * in memory once, however many subscribers are slow. All subscribers see events in the same order.
 * Any thread.
 */
public final class Broadcast implements EventHandler, AutoCloseable {
  /** What happens to a subscriber whose queue is full. */
  public enum Overflow {
    /** It misses the oldest events of its queue. */
    DROP_OLDEST,
    /** Its connection is aborted; a browser connects again, and sends the id of its last event. */
    DISCONNECT
  }

  private final Topic<byte[]> topic;
  private final int capacity;

  /**
   * @param capacity maximum events that wait for one slow client, 1 or more
   */
  public Broadcast(int capacity, Overflow overflow) {
    this.topic = new Topic<>(capacity, overflow == Overflow.DROP_OLDEST);
    this.capacity = capacity;
  }

  /** Gives an event to all subscribers. After {@link #close} it does nothing. */
  public void publish(Event event) {
    topic.publish(event.encode());
  }

  /** The number of subscribers now. */
  public int subscribers() {
    return topic.subscribers();
  }

  /**
   * Begins to queue events; close the subscription in the end. For a handler that sends a state
   * first: subscribe, send the state, then {@link Subscription#sendAll}, and no event in between is
   * lost.
   */
  public Subscription subscribe() {
    return new Subscription();
  }

  /**
   * Sends what is published from now on, until the client leaves, {@link #close}, or the server
   * drains.
   */
  @Override
  public void handle(Events events) throws IOException, InterruptedException {
    try (Subscription subscription = subscribe()) {
      subscription.sendAll(events);
    }
  }

  /** Ends all streams behind the events that wait. */
  @Override
  public void close() {
    topic.close();
  }

  /** One subscriber's queue. One thread sends from it. */
  public final class Subscription implements AutoCloseable {
    private final Sender sender = new Sender();
    private final Topic<byte[]>.Subscription queue = topic.subscribe(sender::interrupt);

    private Subscription() {}

    /** How many events this subscriber missed. Any thread. */
    public long dropped() {
      return queue.dropped();
    }

    /**
     * Sends events as they are published, until the broadcast is closed. Blocks.
     *
     * @throws IOException when the client is gone, or is too slow and to be disconnected
     * @throws InterruptedException when the thread is interrupted, as it is when the client left or
     *     the server drains
     */
    public void sendAll(Events events) throws IOException, InterruptedException {
      sender.begin();
      try {
        for (byte[] first; (first = queue.take()) != null; ) {
          events.write(first, queue::poll);
        }
      } catch (IOException | InterruptedException e) {
        if (!queue.hasOverflowed()) {
          throw e;
        }
      } finally {
        sender.end();
      }
      if (queue.hasOverflowed()) {
        throw new ClientGoneException(
            "broadcast: expected the client to be at most " + capacity + " events behind");
      }
    }

    /** Queues no more. Any thread. */
    @Override
    public void close() {
      queue.close();
    }
  }
}
