package dev.leantea.http2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a connection that are not closed, by their identifier: a hash table with linear
 * probing. The identifiers of a client are odd and ascend, so half of one is its own hash. One
 * owner thread.
 */
final class StreamTable {
  private static final int MIN_SLOTS = 8;

  private @Nullable Http2Stream[] slots = new @Nullable Http2Stream[MIN_SLOTS];
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The stream of this identifier; null if there is none. */
  @Nullable Http2Stream find(int id) {
    int mask = slots.length - 1;
    for (int i = home(id, mask); ; i = (i + 1) & mask) {
      Http2Stream stream = slots[i];
      if (stream == null || stream.id == id) {
        return stream;
      }
    }
  }

  /** Adds a stream whose identifier is not in the table. */
  void add(Http2Stream stream) {
    if (size >= slots.length / 2) {
      grow();
    }
    insert(stream);
    size++;
  }

  private void insert(Http2Stream stream) {
    int mask = slots.length - 1;
    int i = home(stream.id, mask);
    while (slots[i] != null) {
      i = (i + 1) & mask;
    }
    slots[i] = stream;
  }

  private void grow() {
    List<Http2Stream> all = all();
    slots = new @Nullable Http2Stream[slots.length * 2];
    all.forEach(this::insert);
  }

  /** Removes a stream; does nothing if it is not there. */
  void remove(Http2Stream stream) {
    int mask = slots.length - 1;
    int i = home(stream.id, mask);
    while (slots[i] != stream) {
      if (slots[i] == null) {
        return;
      }
      i = (i + 1) & mask;
    }
    size--;
    closeGap(i, mask);
  }

  /** Moves later streams of the same run forward, so that a search never stops too early. */
  private void closeGap(int removed, int mask) {
    int gap = removed;
    for (int i = (gap + 1) & mask; ; i = (i + 1) & mask) {
      Http2Stream next = slots[i];
      if (next == null) {
        slots[gap] = null;
        return;
      }
      if (((i - home(next.id, mask)) & mask) >= ((i - gap) & mask)) {
        slots[gap] = next;
        gap = i;
      }
    }
  }

  private static int home(int id, int mask) {
    return (id >>> 1) & mask;
  }

  /** A copy of what is in the table: it may be changed meanwhile. */
  List<Http2Stream> all() {
    var all = new ArrayList<Http2Stream>(size);
    for (Http2Stream stream : slots) {
      if (stream != null) {
        all.add(stream);
      }
    }
    return all;
  }
}
