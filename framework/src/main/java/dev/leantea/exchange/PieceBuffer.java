package dev.leantea.exchange;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/** Gathers small writes to pieces of up to 16 KiB. One thread at a time. */
final class PieceBuffer {
  private static final int PIECE_BYTES = 16 * 1024;
  private static final int FIRST_BYTES = 256;

  /** Takes a piece over. */
  interface Sink {
    void piece(byte[] bytes) throws IOException;
  }

  private byte[] piece = new byte[FIRST_BYTES];
  private int size;

  /** Adds bytes; each piece that becomes full goes to the sink. */
  void write(byte[] bytes, int offset, int count, Sink sink) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    for (int from = offset, left = count; left > 0; ) {
      int some = Math.min(left, PIECE_BYTES - size);
      if (some == PIECE_BYTES) {
        sink.piece(Arrays.copyOfRange(bytes, from, from + some));
      } else {
        gather(bytes, from, some);
        if (size == PIECE_BYTES) {
          sink.piece(take());
        }
      }
      from += some;
      left -= some;
    }
  }

  private void gather(byte[] bytes, int from, int count) {
    ensure(size + count);
    System.arraycopy(bytes, from, piece, size, count);
    size += count;
  }

  private void ensure(int capacity) {
    if (piece.length < capacity) {
      piece = Arrays.copyOf(piece, Math.min(PIECE_BYTES, Math.max(capacity, piece.length * 4)));
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** What was gathered; the buffer is empty then. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(piece, size);
    size = 0;
    return taken;
  }
}
