package dev.leantea.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message's bytes as they arrive. It grows with what has arrived, not with what was announced,
 * and never past the limit.
 */
final class MessageBuffer {
  private static final int FIRST_BYTES = 256;

  /** A larger array is not kept for the next message. */
  private static final int MAX_KEPT_BYTES = 16 * 1024;

  private static final byte[] NONE = new byte[0];

  private final int limit;
  private byte[] array = NONE;
  private int size;

  MessageBuffer(int limit) {
    this.limit = limit;
  }

  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  /** The room that is left in the array. */
  int room() {
    return array.length - size;
  }

  void append(byte[] bytes, int from, int to) throws WebSocketFailure {
    reserve(to - from);
    System.arraycopy(bytes, from, array, size, to - from);
    size += to - from;
  }

  /** Fails when so many more bytes would exceed the limit. */
  void requireRoom(long more) throws WebSocketFailure {
    if (more > limit - size) {
      throw WebSocketFailure.tooBig(limit);
    }
  }

  /** Makes room for so many more bytes. */
  private void reserve(int more) throws WebSocketFailure {
    requireRoom(more);
    if (array.length - size < more) {
      int doubled = (int) Math.min(limit, Math.max(FIRST_BYTES, array.length * 2L));
      array = Arrays.copyOf(array, Math.max(doubled, size + more));
    }
  }

  /** So many bytes were written to the array behind the last one. */
  void wrote(int bytes) {
    size += bytes;
  }

  byte[] toBytes() {
    return Arrays.copyOf(array, size);
  }

  String toText() {
    return new String(array, 0, size, StandardCharsets.UTF_8);
  }

  void clear() {
    size = 0;
    if (array.length > MAX_KEPT_BYTES) {
      array = NONE;
    }
  }
}
