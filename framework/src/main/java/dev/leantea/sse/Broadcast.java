package dev.leantea.sse;

import dev.leantea.bus.Bus;
import dev.leantea.bus.BusException;
import dev.leantea.bus.BusListener;
import dev.leantea.bus.BusMessage;
import dev.leantea.http.ClientGoneException;
import dev.leantea.http.Request;
import dev.leantea.topic.BusFeed;
import dev.leantea.topic.Numbered;
import dev.leantea.topic.Topic;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
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
 * <p>Publishing never waits for a client. The queues share the encoded events, so a large event is
 * in memory once, however many subscribers are slow. All subscribers see events in the same order.
 * Any thread.
 *
 * <p>On a {@link Bus} it reaches the subscribers of all instances of an application, and clients
 * that connect again go on where they were, on any of them:
 *
 * <pre>{@code
 * var news = new Broadcast(100, Broadcast.Overflow.DISCONNECT, bus, "news");
 * routes.get("/news", request -> Sse.events(news.resume(request)));
 * }</pre>
 *
 * <p>Publishing then blocks for a round trip to the bus, and throws {@link BusException} when the
 * bus does not acknowledge it. The bus gives each event its id. A client that missed events gets
 * one of the name {@code missed} in their place, with the id of its last one as data: it should
 * load anew what it shows. The newest {@link Bus#retained} events are in memory once.
 */
public final class Broadcast implements EventHandler, AutoCloseable {
  /** What happens to a subscriber whose queue is full. */
  public enum Overflow {
    /** It misses the oldest events of its queue. */
    DROP_OLDEST,
    /** Its connection is aborted; a browser connects again, and sends the id of its last event. */
    DISCONNECT
  }

  private final Topic<Numbered<byte[]>> topic;
  private final int capacity;
  private final @Nullable BusFeed feed;

  /** Whether the bus was reached, and what it retains is in the topic. */
  private volatile boolean started;

  /**
   * @param capacity maximum events that wait for one slow client, 1 or more
   */
  public Broadcast(int capacity, Overflow overflow) {
    this.topic = new Topic<>(capacity, overflow == Overflow.DROP_OLDEST);
    this.capacity = capacity;
    this.feed = null;
  }

  /**
   * A broadcast of all instances that name the same topic of the same bus. Close it before the bus.
   *
   * @param capacity maximum events that wait for one slow client, 1 or more; those that a client
   *     missed while it was away come on top
   * @param name of the topic
   */
  public Broadcast(int capacity, Overflow overflow, Bus bus, String name) {
    this.topic = new Topic<>(capacity, overflow == Overflow.DROP_OLDEST, bus.retained());
    this.capacity = capacity;
    this.feed = new BusFeed(bus, name, new Receiver());
  }

  /** Takes events from the bus: the bytes are those of the stream, but for the id. */
  private final class Receiver implements BusListener {
    @Override
    public void started(List<BusMessage> retained) {
      retained.forEach(message -> topic.publish(numbered(message, true)));
      started = true;
    }

    @Override
    public void received(BusMessage message) {
      topic.publish(numbered(message, false));
    }

    private static Numbered<byte[]> numbered(BusMessage message, boolean retained) {
      byte[] event = Progress.joined(Progress.idLine(message.id()), message.bytes());
      return new Numbered<>(message.id(), message.previous(), retained, event);
    }
  }

  /**
   * Gives an event to all subscribers. After {@link #close} it does nothing.
   *
   * @throws BusException when the bus did not acknowledge it; subscribers may receive it or not
   * @throws IllegalArgumentException when it has an id, on a bus
   */
  public void publish(Event event) {
    if (feed == null) {
      topic.publish(new Numbered<>(0, 0, false, event.encode()));
    } else if (event.lines().stream().anyMatch(line -> line.name().equals("id"))) {
      throw new IllegalArgumentException(
          "broadcast: expected an event without an id, for the bus gives it one");
    } else {
      feed.publish(event.encode());
    }
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
    boolean known = started; // asked first: what was there before is not sent
    Sender sender = new Sender();
    Topic<Numbered<byte[]>>.Subscription queue = topic.subscribe(sender::interrupt);
    return new Subscription(sender, queue, known ? beginning(queue) : Progress.fresh());
  }

  /** The client learns where it begins, for it may be cut off before the first event. */
  private static Progress beginning(Topic<Numbered<byte[]>>.Subscription queue) {
    Numbered<byte[]> before = queue.start();
    return Progress.behind(before == null ? 0 : before.id());
  }

  /**
   * Sends what was published after the event that the client saw last, for a client that connects
   * again; a new client gets what is published from now on. Without a bus there is no memory: it
   * does what the broadcast itself does.
   */
  public EventHandler resume(Request request) {
    OptionalLong last = feed == null ? OptionalLong.empty() : Progress.lastId(request);
    if (last.isEmpty()) {
      return this;
    }
    return events -> {
      try (Subscription subscription = subscribeAfter(last.getAsLong())) {
        subscription.sendAll(events);
      }
    };
  }

  private Subscription subscribeAfter(long id) {
    Sender sender = new Sender();
    return new Subscription(
        sender, topic.subscribe(sender::interrupt, event -> event.id() <= id), Progress.after(id));
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

  /** Ends all streams behind the events that wait; those of this instance, if it is on a bus. */
  @Override
  public void close() {
    if (feed != null) {
      feed.close();
    }
    topic.close();
  }

  /** One subscriber's queue. One thread sends from it. */
  public final class Subscription implements AutoCloseable {
    private final Sender sender;
    private final Topic<Numbered<byte[]>>.Subscription queue;
    private final Progress progress;

    private Subscription(
        Sender sender, Topic<Numbered<byte[]>>.Subscription queue, Progress progress) {
      this.sender = sender;
      this.queue = queue;
      this.progress = progress;
    }

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
        for (byte[] first = first(); first != null; first = take()) {
          events.write(first, this::poll);
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

    private byte @Nullable [] first() throws InterruptedException {
      byte[] id = progress.firstId();
      return id == null ? take() : id;
    }

    /** The bytes of the next event that the client has not seen; waits for it. */
    private byte @Nullable [] take() throws InterruptedException {
      for (Numbered<byte[]> event; (event = queue.take()) != null; ) {
        byte[] bytes = progress.next(event);
        if (bytes != null) {
          return bytes;
        }
      }
      return null;
    }

    private byte @Nullable [] poll() {
      for (Numbered<byte[]> event; (event = queue.poll()) != null; ) {
        byte[] bytes = progress.next(event);
        if (bytes != null) {
          return bytes;
        }
      }
      return null;
    }

    /** Queues no more. Any thread. */
    @Override
    public void close() {
      queue.close();
    }
  }
}
