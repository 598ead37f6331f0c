package dev.leantea.tls.engine;

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
  private byte[] record = {};

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

  /** An array for a record's plaintext, until the next call. */
  byte[] record() {
    if (record.length == 0) {
      record = new byte[RECORD_BYTES];
    }
    return record;
  }
}
