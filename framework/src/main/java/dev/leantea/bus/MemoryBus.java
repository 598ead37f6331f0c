package dev.leantea.bus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A bus of one process. Listeners are called by publishers, under the bus's lock. */
final class MemoryBus implements Bus {
  private final int retained;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Channel> channels = new HashMap<>();

  /** One topic. Guarded by the bus's lock. */
  private static final class Channel {
    final ArrayDeque<BusMessage> messages = new ArrayDeque<>();
    final List<BusListener> listeners = new ArrayList<>();
    long last;
  }

  MemoryBus(int retained) {
    this.retained = Topics.requireRetained(retained, 0);
  }

  @Override
  public long publish(String topic, byte[] message) {
    lock.lock();
    try {
      Channel channel = channel(topic);
      var published = new BusMessage(channel.last + 1, channel.last, message.clone());
      channel.last = published.id();
      channel.messages.addLast(published);
      if (channel.messages.size() > retained) {
        channel.messages.removeFirst();
      }
      channel.listeners.forEach(listener -> listener.received(published));
      return published.id();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Subscription subscribe(String topic, BusListener listener) {
    lock.lock();
    try {
      Channel channel = channel(topic);
      channel.listeners.add(listener);
      listener.started(List.copyOf(channel.messages));
      return () -> leave(channel, listener);
    } finally {
      lock.unlock();
    }
  }

  private Channel channel(String topic) {
    return channels.computeIfAbsent(Topics.requireName(topic), _ -> new Channel());
  }

  private void leave(Channel channel, BusListener listener) {
    lock.lock();
    try {
      channel.listeners.remove(listener);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int retained() {
    return retained;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      channels.values().forEach(channel -> channel.listeners.clear());
    } finally {
      lock.unlock();
    }
  }
}
