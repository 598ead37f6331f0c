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
 * Bytes that one connection has yet to send. Holds no memory while empty. One loop's thread.
 *
 * <pre>
 *  first ─▶ segment ─▶ segment ─▶ last     pooled segments, whole arrays of large bodies, and
 *                                         slices of files: the queue closes them
 * </pre>
 */
final class SendQueue {
  /** A whole array up to this size is copied: cheaper than a segment of its own. */
  private static final int MAX_COPIED_BYTES = SegmentPool.BYTES;

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

  /**
   * Returns an array with room for this many bytes from {@link #position} on; {@link #commit} adds
   * what was written.
   */
  byte[] reserve(int bytes) {
    Segment tail = last;
    if (tail == null || !tail.pooled || tail.bytes.length - tail.to < bytes) {
      tail = link(bytes <= SegmentPool.BYTES ? pool.take() : Segment.ofSize(bytes));
    }
    return tail.bytes;
  }

  /** Index of the first reserved byte in the array. */
  int position() {
    return reserved().to;
  }

  /** Adds the bytes that were written up to this index of the reserved array. */
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
      int count = Math.min(to - at, segment.bytes.length - segment.to);
      System.arraycopy(bytes, at, segment.bytes, segment.to, count);
      segment.to += count;
      at += count;
    }
    size += to - from;
  }

  /** Adds an array without copying it if it is large; it must not be changed afterwards. */
  void appendWhole(byte[] bytes) {
    if (bytes.length <= MAX_COPIED_BYTES) {
      append(bytes, 0, bytes.length);
    } else {
      link(new Segment(bytes, bytes.length, false));
      size += bytes.length;
    }
  }

  /** Adds bytes that the socket has staged, behind those that it staged before. */
  void appendStaged(int bytes) {
    Segment tail = last;
    if (tail == null) {
      tail = link(Segment.ofStaged());
    }
    if (!tail.staged) {
      throw new IllegalStateException("queue: expected nothing but staged bytes");
    }
    tail.to += bytes;
    size += bytes;
  }

  /** Number of bytes in front that the socket has staged. */
  int staged() {
    Segment head = first;
    return head != null && head.staged ? head.to - head.from : 0;
  }

  /** Index of the first staged byte in the socket's memory. */
  int stagedFrom() {
    return first == null ? 0 : first.from;
  }

  /** Index behind the last staged byte in the socket's memory; 0 when there is none. */
  int stagedTo() {
    Segment head = first;
    return head != null && head.staged ? head.to : 0;
  }

  /** Adds a slice of a file. */
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

  /** Whether the first segment is a slice of a file. */
  boolean startsWithFile() {
    return first != null && first.file != null;
  }

  /**
   * Sends from the slice of a file at the front, and consumes what was sent.
   *
   * @return whether the socket took all of the slice
   */
  boolean transferTo(WritableByteChannel socket) throws IOException {
    Segment head = first;
    if (head == null || head.file == null) {
      throw new IllegalStateException("queue: expected a slice of a file in front");
    }
    int sent = head.file.transferTo(socket, head.from);
    boolean all = sent == head.to - head.from;
    consume(sent);
    return all;
  }

  /** Copies from the front into the target, up to the first file; nothing is consumed. */
  void copyTo(ByteBuffer target) {
    for (Segment it = first; it != null && it.file == null && target.hasRemaining(); it = it.next) {
      target.put(it.bytes, it.from, Math.min(it.to - it.from, target.remaining()));
    }
  }

  /**
   * Copies up to {@code max} bytes from the front, files as well; nothing is consumed.
   *
   * @return the number of bytes copied
   */
  int copyTo(MemorySegment target, long offset, int max) throws IOException {
    int copied = 0;
    for (Segment it = first; it != null && copied < max; it = it.next) {
      int bytes = Math.min(it.to - it.from, max - copied);
      if (it.file == null) {
        MemorySegment.copy(it.bytes, it.from, target, JAVA_BYTE, offset + copied, bytes);
      } else {
        it.file.read(target.asSlice(offset + copied, bytes).asByteBuffer(), it.from);
      }
      copied += bytes;
    }
    return copied;
  }

  /** Removes bytes from the front: they were sent. */
  void consume(long bytes) {
    size -= bytes;
    long left = bytes;
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
