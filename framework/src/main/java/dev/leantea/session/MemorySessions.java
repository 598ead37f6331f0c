package dev.leantea.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Sessions in memory, those used last at the end: where all are kept for the same time, this is
 * also the order in which they end. Each call takes a time that does not depend on how many there
 * are, but for those that it removes.
 */
final class MemorySessions implements SessionStore {
  /**
   * @param end when it ends if nobody asks for it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(byte[] content, Instant end) {}

  private final int maxSessions;
  private final InstantSource clock;
  private final SequencedMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  MemorySessions(int maxSessions, InstantSource clock) {
    if (maxSessions < 1) {
      throw new IllegalArgumentException("max sessions: expected 1 or more, got " + maxSessions);
    }
    this.maxSessions = maxSessions;
    this.clock = clock;
  }

  @Override
  public synchronized Optional<byte[]> find(String id, Duration idle) {
    Optional<Entry> entry = live(id);
    entry.ifPresent(it -> keep(id, it.content(), idle));
    return entry.map(Entry::content);
  }

  @Override
  public synchronized void create(String id, byte[] content, Duration idle) {
    while (!entries.isEmpty() && mustGo(entries.firstEntry().getValue())) {
      entries.pollFirstEntry();
    }
    keep(id, content, idle);
  }

  private boolean mustGo(Entry eldest) {
    return entries.size() >= maxSessions || isOver(eldest);
  }

  @Override
  public synchronized boolean replace(String id, byte[] content, Duration idle) {
    boolean there = live(id).isPresent();
    if (there) {
      keep(id, content, idle);
    }
    return there;
  }

  @Override
  public synchronized void remove(String id) {
    entries.remove(id);
  }

  private Optional<Entry> live(String id) {
    Optional<Entry> entry = Optional.ofNullable(entries.get(id));
    if (entry.filter(this::isOver).isPresent()) {
      entries.remove(id);
      return Optional.empty();
    }
    return entry;
  }

  private boolean isOver(Entry entry) {
    return !clock.instant().isBefore(entry.end());
  }

  private void keep(String id, byte[] content, Duration idle) {
    entries.put(id, new Entry(content, clock.instant().plus(idle)));
  }

  synchronized int size() {
    return entries.size();
  }
}
