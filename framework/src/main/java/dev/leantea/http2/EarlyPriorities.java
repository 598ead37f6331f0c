package dev.leantea.http2;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Priorities of streams that the client has not opened yet (RFC 9218 §7.1): kept until it does. One
 * owner thread; until the first one it holds no memory.
 */
final class EarlyPriorities {
  private @Nullable TreeMap<Integer, Priority> streams;

  /**
   * Keeps the priority of a stream, instead of an earlier one.
   *
   * @param open number of streams that are open
   * @return false if there are more streams, open or not, than may be open at the same time
   */
  boolean put(int streamId, Priority priority, int open) {
    TreeMap<Integer, Priority> kept = streams;
    if (kept == null) {
      kept = new TreeMap<>();
      streams = kept;
    }
    kept.put(streamId, priority);
    return kept.size() + open <= Http2Protocol.MAX_STREAMS;
  }

  /** The priority of a stream that is opened, null if there is none; forgets all lower streams. */
  @Nullable Priority take(int streamId) {
    TreeMap<Integer, Priority> kept = streams;
    if (kept == null) {
      return null;
    }
    kept.headMap(streamId).clear();
    Priority priority = kept.remove(streamId);
    if (kept.isEmpty()) {
      streams = null;
    }
    return priority;
  }
}
