package dev.leantea.tls.engine;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Memory for plaintext that waits to be encrypted, shared by the connections of an owner thread.
 */
final class PiecePool {
  /** Size of an array: a head with a small body. */
  static final int BYTES = 4 * 1024;

  /** The plaintext of a record (RFC 8446 §5.1). */
  static final int RECORD_BYTES = 16 * 1024;

  private static final int MAX_KEPT = 64;

  private final ArrayDeque<byte[]> free = new ArrayDeque<>();
  private ByteBuffer record = ByteBuffer.allocate(0);

  /** Where the plaintext of a record is gathered. */
  enum Memory {
    /** Freed with its pool: for one that belongs to a single connection. */
    HEAP,
    /** A file is read into it without a copy. */
    DIRECT
  }

  /** An array of {@link #BYTES}. */
  byte[] take() {
    byte[] array = free.poll();
    return array == null ? new byte[BYTES] : array;
  }

  void give(byte[] array) {
    if (free.size() < MAX_KEPT) {
      free.push(array);
    }
  }

  /** An empty buffer for a record's plaintext, until the next call. */
  ByteBuffer record(Memory memory) {
    if (record.capacity() == 0) {
      record =
          memory == Memory.DIRECT
              ? ByteBuffer.allocateDirect(RECORD_BYTES)
              : ByteBuffer.allocate(RECORD_BYTES);
    }
    return record.clear();
  }
}
