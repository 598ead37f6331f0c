package dev.leantea.topic;

import dev.leantea.bus.Bus;
import dev.leantea.bus.BusException;
import dev.leantea.bus.BusListener;
import dev.leantea.bus.BusMessage;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One topic of a bus, as seen by what serves local subscribers of it. A publisher waits until the
 * topic is listened to, so that what it publishes reaches those who subscribed here before. Any
 * thread.
 */
public final class BusFeed implements AutoCloseable {
  private static final long MAX_START_SECONDS = 5;

  private final Bus bus;
  private final String topic;
  private final CountDownLatch started = new CountDownLatch(1);
  private final Bus.Subscription subscription;
  private volatile boolean closed;

  /** Listens to a topic, from now on. */
  public BusFeed(Bus bus, String topic, BusListener listener) {
    this.bus = bus;
    this.topic = topic;
    this.subscription = bus.subscribe(topic, new Starting(listener, started));
  }

  private record Starting(BusListener listener, CountDownLatch latch) implements BusListener {
    @Override
    public void started(List<BusMessage> retained) {
      try {
        listener.started(retained);
      } finally {
        latch.countDown();
      }
    }

    @Override
    public void received(BusMessage message) {
      listener.received(message);
    }
  }

  /**
   * Publishes. Blocks. After {@link #close} it does nothing.
   *
   * @throws BusException when the bus did not acknowledge it
   */
  public void publish(byte[] message) {
    if (!closed) {
      awaitStart();
      var _ = bus.publish(topic, message);
    }
  }

  private void awaitStart() {
    try {
      if (!started.await(MAX_START_SECONDS, TimeUnit.SECONDS)) {
        throw new BusException("bus: expected to reach it within " + MAX_START_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusException("bus: interrupted while waiting to reach it", e);
    }
  }

  /** Receives no more. Does not wait. */
  @Override
  public void close() {
    closed = true;
    subscription.close();
  }
}
