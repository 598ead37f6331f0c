package dev.leantea.reactor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.leantea.reactor.SegmentPool.Segment;
import dev.leantea.wire.FileSlice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has yet to send. Empty, it holds no memory. One loop's thread.
 *
 * <pre>
 *  first ─▶ segment ─▶ segment ─▶ last     pooled segments, whole arrays of large bodies, and
 *                                         slices of files: the queue closes them
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

  /** An array with room for so many bytes behind {@link #position}, to be {@link #commit}ted. */
  byte[] reserve(int bytes) {
    Segment tail = last;
    if (tail == null || !tail.pooled || tail.bytes.length - tail.to < bytes) {
      tail = link(bytes <= SegmentPool.OCTETS ? pool.take() : Segment.ofSize(bytes));
    }
    return tail.bytes;
  }

  /** Where the reserved room begins. */
  int position() {
    return reserved().to;
  }

  /** What was written up to this index is in the queue. */
  void commit(int end) {
    Segment tail = reserved();
    size += end - tail.to;
    tail.to = end;
  }

  private Segment reserved() {
    if (last == null) {
      throw new IllegalStateException("queue: expected reserve() first");
    }
    return last;
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

  /** Adds a part of a file. */
  void append(FileSlice slice) {
    link(new Segment(slice));
    size += slice.count();
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

  /** Whether a part of a file is next. */
  boolean startsWithFile() {
    return first != null && first.file != null;
  }

  /**
   * Sends from the front, where a part of a file is, and consumes what was sent.
   *
   * @return whether the socket took all of that part
   */
  boolean transferTo(WritableByteChannel socket) throws IOException {
    Segment head = first;
    if (head == null || head.file == null) {
      throw new IllegalStateException("queue: expected a part of a file in front");
    }
    int sent = head.file.transferTo(socket, head.from);
    boolean all = sent == head.to - head.from;
    consume(sent);
    return all;
  }

  /** Copies from the front as much as the target takes, up to a file; nothing is consumed. */
  void copyTo(ByteBuffer target) {
    for (Segment it = first; it != null && it.file == null && target.hasRemaining(); it = it.next) {
      target.put(it.bytes, it.from, Math.min(it.to - it.from, target.remaining()));
    }
  }

  /**
   * Copies from the front as much as there is room for, files as well; nothing is consumed.
   *
   * @return how many octets
   */
  int copyTo(MemorySegment target, long offset, int most) throws IOException {
    int copied = 0;
    for (Segment it = first; it != null && copied < most; it = it.next) {
      int octets = Math.min(it.to - it.from, most - copied);
      if (it.file == null) {
        MemorySegment.copy(it.bytes, it.from, target, JAVA_BYTE, offset + copied, octets);
      } else {
        it.file.read(target.asSlice(offset + copied, octets).asByteBuffer(), it.from);
      }
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
