package dev.leantea.bus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a bus on one virtual thread, for all topics that are subscribed to.
 *
 * <pre>
 *  NEW ── first subscription ──▶ CONNECTING ⇄ READING ── close ──▶ CLOSED
 *                                     │ failure: a pause of 100 ms to 1 s, positions are kept
 *                                     └──────────▶ CONNECTING
 * </pre>
 *
 * <p>A topic is read from the position of its last message on, so an interruption loses nothing
 * that the bus still has.
 */
final class BusReader implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final Duration MIN_PAUSE = Duration.ofMillis(100);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);
  private static final Duration MAX_CLOSE = Duration.ofSeconds(5);

  private final Callable<BusSession> connect;
  private final Map<String, Feed> feeds = new ConcurrentHashMap<>();
  private @Nullable Thread thread;
  private volatile boolean closed;

  // Of the reader's thread.
  private boolean lost;
  private Duration pause = MIN_PAUSE;

  BusReader(Callable<BusSession> connect) {
    this.connect = connect;
  }

  synchronized Bus.Subscription subscribe(String topic, BusListener listener) {
    if (closed) {
      throw new IllegalStateException("bus: expected an open bus, it was closed");
    }
    Feed feed = feeds.computeIfAbsent(Topics.requireName(topic), Feed::new);
    feed.add(listener);
    if (thread == null) {
      thread = Thread.ofVirtual().name("leantea-bus").start(this::run);
    }
    return () -> leave(feed, listener);
  }

  private synchronized void leave(Feed feed, BusListener listener) {
    if (feed.remove(listener)) {
      feeds.remove(feed.topic(), feed);
    }
  }

  @Override
  public void close() {
    Thread reader;
    synchronized (this) {
      closed = true;
      reader = thread;
    }
    if (reader != null && reader != Thread.currentThread()) {
      reader.interrupt();
      try {
        var _ = reader.join(MAX_CLOSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  // ---- the reader's thread

  private void run() {
    while (!closed) {
      try (BusSession session = connect.call()) {
        resume(session);
        while (!closed) {
          turn(session);
        }
      } catch (Exception e) { // whatever a driver throws: the reader goes on
        failed(e);
      }
    }
  }

  /** A bus that has lost messages goes on from those that it has. */
  private void resume(BusSession session) throws Exception {
    for (Feed feed : feeds.values()) {
      long newest = feed.isStarted() ? session.newest(feed.topic()) : Long.MAX_VALUE;
      if (newest < feed.position()) {
        LOG.log(Level.WARNING, "bus: topic {0} has lost messages", feed.topic());
        feed.rewind(newest);
      }
    }
  }

  private void turn(BusSession session) throws Exception {
    for (Feed feed : feeds.values()) {
      if (feed.hasNew()) {
        feed.start(session.retained(feed.topic()));
      }
    }
    Map<String, Long> positions = positions();
    if (positions.isEmpty()) {
      Thread.sleep(BusSession.MAX_WAIT_MILLIS);
    } else {
      session.read(positions).forEach(this::received);
    }
    answered();
  }

  private Map<String, Long> positions() {
    var positions = new HashMap<String, Long>();
    feeds.forEach(
        (topic, feed) -> {
          if (feed.isStarted()) {
            positions.put(topic, feed.position());
          }
        });
    return positions;
  }

  private void received(String topic, List<BusMessage> messages) {
    Feed feed = feeds.get(topic);
    if (feed != null) {
      messages.forEach(feed::received);
    }
  }

  private void answered() {
    pause = MIN_PAUSE;
    if (lost) {
      lost = false;
      LOG.log(Level.INFO, "bus: reached again");
    }
  }

  private void failed(Exception e) {
    if (closed) {
      return;
    }
    if (!lost) {
      lost = true;
      LOG.log(Level.WARNING, "bus: not reached, trying again until it is: {0}", e.toString());
    }
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt(); // closed
    }
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(MAX_PAUSE) < 0 ? longer : MAX_PAUSE;
  }
}
