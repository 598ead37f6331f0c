package dev.leantea.reactor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.leantea.reactor.SegmentPool.Segment;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has yet to send. Empty, it holds no memory. One loop's thread.
 *
 * <pre>
 *  first ─▶ segment ─▶ segment ─▶ last     pooled segments, and whole arrays of large bodies
 * </pre>
 */
final class SendQueue {
  /** A whole array up to this size is copied: cheaper than a segment of its own. */
  private static final int MOST_COPIED_OCTETS = SegmentPool.OCTETS;

  private final SegmentPool pool;
  private @Nullable Segment first;
  private @Nullable Segment last;
  private long size;

  SendQueue(SegmentPool pool) {
    this.pool = pool;
  }

  long size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Adds a copy. */
  void append(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      Segment segment = writable();
      int octets = Math.min(to - at, segment.bytes.length - segment.to);
      System.arraycopy(bytes, at, segment.bytes, segment.to, octets);
      segment.to += octets;
      at += octets;
    }
    size += to - from;
  }

  /** Adds an array that nobody changes any more. */
  void appendWhole(byte[] bytes) {
    if (bytes.length <= MOST_COPIED_OCTETS) {
      append(bytes, 0, bytes.length);
    } else {
      link(new Segment(bytes, bytes.length, false));
      size += bytes.length;
    }
  }

  private Segment writable() {
    Segment tail = last;
    if (tail != null && tail.pooled && tail.to < tail.bytes.length) {
      return tail;
    }
    return link(pool.take());
  }

  private Segment link(Segment segment) {
    if (last == null) {
      first = segment;
    } else {
      last.next = segment;
    }
    last = segment;
    return segment;
  }

  /** Copies from the front as much as the target takes; nothing is consumed. */
  void copyTo(ByteBuffer target) {
    for (Segment it = first; it != null && target.hasRemaining(); it = it.next) {
      target.put(it.bytes, it.from, Math.min(it.to - it.from, target.remaining()));
    }
  }

  /**
   * Copies from the front as much as there is room for; nothing is consumed.
   *
   * @return how many octets
   */
  int copyTo(MemorySegment target, long offset, int most) {
    int copied = 0;
    for (Segment it = first; it != null && copied < most; it = it.next) {
      int octets = Math.min(it.to - it.from, most - copied);
      MemorySegment.copy(it.bytes, it.from, target, JAVA_BYTE, offset + copied, octets);
      copied += octets;
    }
    return copied;
  }

  /** Drops octets from the front: they were sent. */
  void consume(long octets) {
    size -= octets;
    long left = octets;
    Segment head = first;
    while (head != null && left >= head.to - head.from) {
      left -= head.to - head.from;
      Segment next = head.next;
      pool.give(head);
      head = next;
    }
    first = head;
    if (head == null) {
      last = null;
    } else {
      head.from += (int) left;
    }
  }

  void clear() {
    consume(size);
  }
}
