package dev.leantea.reactor;

import dev.leantea.wire.FileSlice;
import org.jspecify.annotations.Nullable;

/** Free segments of a loop: memory for bytes to be sent. One loop's thread. */
final class SegmentPool {
  /** Size of a pooled segment. */
  static final int BYTES = 4 * 1024;

  /** Maximum free segments kept; further ones are left to the garbage collector. */
  private static final int MAX_KEPT = 512;

  /**
   * Bytes in a queue.
   *
   * <pre>
   *  bytes  ░░░░│▓▓▓▓▓▓▓▓│░░░░
   *            from      to      pooled: can be appended to; else a large body's own array, or
   *                              a slice of a file, closed when the segment is given back, or
   *                              staged: the bytes are in the memory that the socket sends from
   * </pre>
   */
  static final class Segment {
    private static final byte[] NONE = new byte[0];

    final byte[] bytes;
    final boolean pooled;
    final boolean staged;
    final @Nullable FileSlice file;
    int from;
    int to;
    @Nullable Segment next;

    Segment(byte[] bytes, int to, boolean pooled) {
      this(bytes, to, pooled, false, null);
    }

    private Segment(
        byte[] bytes, int to, boolean pooled, boolean staged, @Nullable FileSlice file) {
      this.bytes = bytes;
      this.to = to;
      this.pooled = pooled;
      this.staged = staged;
      this.file = file;
    }

    /** An empty segment that is too large for the pool. */
    static Segment ofSize(int bytes) {
      return new Segment(new byte[bytes], 0, false);
    }

    /** Bytes that are staged from the start of the socket's memory on. */
    static Segment ofStaged() {
      return new Segment(NONE, 0, false, true, null);
    }

    Segment(FileSlice file) {
      this(NONE, file.count(), false, false, file);
    }
  }

  private @Nullable Segment free;
  private int kept;

  Segment take() {
    Segment segment = free;
    if (segment == null) {
      return new Segment(new byte[BYTES], 0, true);
    }
    free = segment.next;
    segment.next = null;
    kept--;
    return segment;
  }

  void give(Segment segment) {
    if (segment.pooled && kept < MAX_KEPT) {
      segment.from = 0;
      segment.to = 0;
      segment.next = free;
      free = segment;
      kept++;
    } else if (segment.file != null) {
      segment.file.close();
    }
  }
}
