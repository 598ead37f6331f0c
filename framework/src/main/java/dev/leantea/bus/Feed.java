package dev.leantea.bus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One topic that a {@link BusReader} reads, and who listens to it. Any thread adds and removes
 * listeners; all else is the reader's thread.
 */
final class Feed {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private final String topic;
  private final List<Member> members = new CopyOnWriteArrayList<>();
  private boolean started;
  private long position;

  private static final class Member {
    final BusListener listener;
    boolean started;

    Member(BusListener listener) {
      this.listener = listener;
    }
  }

  Feed(String topic) {
    this.topic = topic;
  }

  String topic() {
    return topic;
  }

  void add(BusListener listener) {
    members.add(new Member(listener));
  }

  /** Returns whether that was the last one. */
  boolean remove(BusListener listener) {
    members.removeIf(member -> member.listener.equals(listener));
    return members.isEmpty();
  }

  // ---- the reader's thread

  boolean isStarted() {
    return started;
  }

  /** The id of the last message that was received. */
  long position() {
    return position;
  }

  /** Goes on behind an older message. */
  void rewind(long id) {
    position = id;
  }

  /** Whether a listener waits for the start. */
  boolean hasNew() {
    return members.stream().anyMatch(member -> !member.started);
  }

  /** Gives new listeners what the bus retains, up to the position that the others are at. */
  void start(List<BusMessage> retained) {
    if (!started) {
      started = true;
      position = retained.isEmpty() ? 0 : retained.getLast().id();
    }
    List<BusMessage> before =
        retained.stream().filter(message -> message.id() <= position).toList();
    for (Member member : members) {
      if (!member.started) {
        member.started = true;
        guarded(() -> member.listener.started(before));
      }
    }
  }

  void received(BusMessage message) {
    position = message.id();
    for (Member member : members) {
      if (member.started) {
        guarded(() -> member.listener.received(message));
      }
    }
  }

  /** A listener that fails must not keep the others from receiving. */
  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "bus: a listener of topic " + topic + " failed", e);
    }
  }
}
