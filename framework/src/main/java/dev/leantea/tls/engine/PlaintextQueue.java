package dev.leantea.tls.engine;

import dev.leantea.tls.engine.PiecePool.Memory;
import dev.leantea.wire.FileSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Plaintext of one connection that was not encrypted yet. Holds no memory while empty. One thread
 * at a time.
 *
 * <pre>
 *  first ─▶ piece ─▶ piece ─▶ last     pooled arrays, whole arrays of large bodies, and slices of
 *                                      files, which the queue closes
 * </pre>
 */
final class PlaintextQueue {
  private final PiecePool pool;
  private final Memory memory;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>(2);
  private long size;

  /** Bytes, or a slice of a file. */
  private static final class Piece {
    final byte[] bytes;
    final boolean pooled;
    final @Nullable FileSlice file;
    int from;
    int to;

    Piece(byte[] bytes, int to, boolean pooled, @Nullable FileSlice file) {
      this.bytes = bytes;
      this.to = to;
      this.pooled = pooled;
      this.file = file;
    }

    int room() {
      return file == null ? bytes.length - to : 0;
    }

    int size() {
      return to - from;
    }
  }

  /**
   * @param memory in which the parts of a record are put together
   */
  PlaintextQueue(PiecePool pool, Memory memory) {
    this.pool = pool;
    this.memory = memory;
  }

  long size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  // ---- adding

  /** Returns an array with room for this many bytes from {@link #position} on. */
  byte[] reserve(int bytes) {
    Piece last = pieces.peekLast();
    if (last == null || !last.pooled || last.room() < bytes) {
      last = add(bytes);
    }
    return last.bytes;
  }

  private Piece add(int bytes) {
    boolean pooled = bytes <= PiecePool.BYTES;
    var piece = new Piece(pooled ? pool.take() : new byte[bytes], 0, pooled, null);
    pieces.add(piece);
    return piece;
  }

  int position() {
    return pieces.getLast().to;
  }

  void commit(int end) {
    Piece last = pieces.getLast();
    size += end - last.to;
    last.to = end;
  }

  /** Adds a copy. */
  void append(byte[] bytes, int from, int to) {
    for (int at = from; at < to; ) {
      Piece last = pieces.peekLast();
      if (last == null || !last.pooled || last.room() == 0) {
        last = add(PiecePool.BYTES);
      }
      int count = Math.min(to - at, last.room());
      System.arraycopy(bytes, at, last.bytes, last.to, count);
      last.to += count;
      at += count;
    }
    size += to - from;
  }

  /** Adds an array, without a copy if it is large. */
  void appendWhole(byte[] bytes) {
    if (bytes.length <= PiecePool.BYTES) {
      append(bytes, 0, bytes.length);
    } else {
      pieces.add(new Piece(bytes, bytes.length, false, null));
      size += bytes.length;
    }
  }

  void append(FileSlice slice) {
    pieces.add(new Piece(new byte[0], slice.count(), false, slice));
    size += slice.count();
  }

  // ---- taking

  /** Takes the bytes of a record. */
  interface Sink {
    void record(ByteBuffer plain) throws IOException;
  }

  /** Passes the first bytes on, up to a full record, and removes them. */
  void takeRecord(Sink sink) throws IOException {
    Piece first = pieces.getFirst();
    int count = (int) Math.min(size, PiecePool.RECORD_BYTES);
    if (first.file == null && first.size() >= count) {
      sink.record(ByteBuffer.wrap(first.bytes, first.from, count));
    } else {
      ByteBuffer record = pool.record(memory);
      copy(record, count);
      sink.record(record.flip());
    }
    remove(count);
  }

  private void copy(ByteBuffer target, int count) throws IOException {
    for (Piece piece : pieces) {
      int some = Math.min(count - target.position(), piece.size());
      if (piece.file == null) {
        target.put(piece.bytes, piece.from, some);
      } else {
        target.limit(target.position() + some);
        piece.file.read(target, piece.from);
        target.limit(target.capacity());
      }
    }
  }

  private void remove(int bytes) {
    size -= bytes;
    int left = bytes;
    for (Piece first = pieces.peek(); first != null; first = pieces.peek()) {
      int some = Math.min(left, first.size());
      first.from += some;
      left -= some;
      if (first.size() > 0) {
        return;
      }
      release(pieces.remove());
    }
  }

  private void release(Piece piece) {
    if (piece.pooled) {
      pool.give(piece.bytes);
    } else if (piece.file != null) {
      piece.file.close();
    }
  }

  /** Removes all. */
  void clear() {
    size = 0;
    for (Piece piece = pieces.poll(); piece != null; piece = pieces.poll()) {
      release(piece);
    }
  }
}
