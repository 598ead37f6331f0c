package dev.leantea.websocket;

import dev.leantea.bus.Bus;
import dev.leantea.bus.BusException;
import dev.leantea.bus.BusListener;
import dev.leantea.bus.BusMessage;
import dev.leantea.topic.BusFeed;
import dev.leantea.topic.Topic;
import dev.leantea.websocket.Message.Binary;
import dev.leantea.websocket.Message.Text;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One conversation of thousands of WebSockets:
 *
 * <pre>{@code
 * var room = new Room(100, Room.Overflow.DISCONNECT);
 * routes.get("/chat", request -> WebSocket.accept(request, socket -> {
 *   try (var member = room.join(socket)) {
 *     for (Message m; (m = socket.receive()) != null;) room.publish(m);
 *   }
 * }));
 * }</pre>
 *
 * <pre>
 *  publish ─ encoded once ─┬▶ queue, at most {@code capacity} ─▶ thread of member 1 ─▶ client
 *                          └▶ queue ─▶ …                         (blocks while its client is slow)
 * </pre>
 *
 * <p>Publishing never waits for a client. The queues share the encoded messages, which are not
 * compressed. All members see them in the same order. A member's own thread may send to its socket
 * as well. Any thread.
 *
 * <p>On a {@link Bus} it has the members of all instances of an application, all of whom see the
 * messages in the same order. Publishing then blocks for a round trip to the bus, and throws {@link
 * BusException} when the bus does not acknowledge it. A member gets what is published after it has
 * joined.
 */
public final class Room implements WebSocketHandler, AutoCloseable {
  /** What happens to a member whose queue is full. */
  public enum Overflow {
    /** It misses the oldest messages of its queue. */
    DROP_OLDEST,
    /** Its WebSocket is {@linkplain WebSocket#abort aborted}. */
    DISCONNECT
  }

  private static final Logger LOG = System.getLogger("dev.leantea");

  private final Topic<Published> topic;
  private final @Nullable BusFeed feed;

  /** A message, and the frame that it is on the wire. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Published(Message message, byte[] frame) {}

  /**
   * @param capacity maximum messages that wait for one slow member, 1 or more
   */
  public Room(int capacity, Overflow overflow) {
    this.topic = new Topic<>(capacity, overflow == Overflow.DROP_OLDEST);
    this.feed = null;
  }

  /**
   * A room of all instances that name the same topic of the same bus. Close it before the bus.
   *
   * @param capacity maximum messages that wait for one slow member, 1 or more
   * @param name of the topic
   */
  public Room(int capacity, Overflow overflow, Bus bus, String name) {
    this.topic = new Topic<>(capacity, overflow == Overflow.DROP_OLDEST);
    this.feed = new BusFeed(bus, name, new Receiver());
  }

  /** Takes messages from the bus. */
  private final class Receiver implements BusListener {
    /** Who joins gets what comes then. */
    @Override
    public void started(List<BusMessage> retained) {}

    @Override
    public void received(BusMessage message) {
      deliver(BusCoding.decode(message.bytes()));
    }
  }

  /**
   * Gives a message to all members. After {@link #close} it does nothing.
   *
   * @throws BusException when the bus did not acknowledge it; members may receive it or not
   */
  public void publish(Message message) {
    if (feed == null) {
      deliver(message);
    } else {
      feed.publish(BusCoding.encode(message));
    }
  }

  private void deliver(Message message) {
    byte[] frame =
        switch (message) {
          case Text(String text) ->
              FrameWriter.frame(Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8));
          case Binary(byte[] bytes) -> FrameWriter.frame(Opcode.BINARY, bytes);
        };
    topic.publish(new Published(message, frame));
  }

  /** Gives a text message to all members. */
  public void publish(String text) {
    publish(new Text(text));
  }

  /** Gives a binary message to all members. The array is copied. */
  public void publish(byte[] bytes) {
    publish(new Binary(bytes));
  }

  /** The number of members now. */
  public int members() {
    return topic.subscribers();
  }

  /** Begins to send what is published to a WebSocket, on a virtual thread; close it to leave. */
  public Member join(WebSocket socket) {
    return new Member(socket);
  }

  /** Sends what is published, and discards what the client sends, until it leaves. */
  @Override
  public void handle(WebSocket socket) throws IOException {
    try (var _ = join(socket)) {
      while (socket.receive() != null) {
        // discarded
      }
    }
  }

  /**
   * Ends the room: each member is sent what waits, and closed with 1001; those of this instance, if
   * it is on a bus. Does not wait.
   */
  @Override
  public void close() {
    if (feed != null) {
      feed.close();
    }
    topic.close();
  }

  /** A WebSocket in the room. */
  public final class Member implements AutoCloseable {
    private final WebSocket socket;
    private final Topic<Published>.Subscription queue;
    private volatile boolean left;

    private Member(WebSocket socket) {
      this.socket = socket;
      this.queue = topic.subscribe(socket::abort);
      Thread.ofVirtual().name("leantea-room").start(this::sendAll);
    }

    /** How many messages this member missed. Any thread. */
    public long dropped() {
      return queue.dropped();
    }

    /** Leaves the room; the WebSocket stays open. A message that is being sent is finished. */
    @Override
    public void close() {
      left = true;
      queue.close();
    }

    private void sendAll() {
      try {
        for (Published first; (first = queue.take()) != null; ) {
          send(first);
        }
        if (!left && !queue.hasOverflowed()) {
          socket.close(CloseReason.GOING_AWAY, "");
        }
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "room: a member is gone", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // not expected: the thread is the room's own
      } finally {
        queue.close();
      }
    }

    private void send(Published first) throws IOException {
      if (socket instanceof WebSocketSession session) {
        session.sendFrames(first.frame(), this::nextFrame);
      } else {
        socket.send(first.message());
      }
    }

    private byte @Nullable [] nextFrame() {
      Published next = left ? null : queue.poll();
      return next == null ? null : next.frame();
    }
  }
}
