package dev.leantea.http1;

import java.util.Arrays;

/**
 * The received and not yet consumed bytes of one connection.
 *
 * <pre>
 *  array  ░░░░░░░░│▓▓▓▓▓▓▓▓▓▓▓▓│░░░░░
 *                 from         to
 * </pre>
 *
 * <p>While a receive is processed, the bytes are borrowed: they are in the backend's array, which
 * many connections share. {@link #settle} copies the rest. An empty buffer holds no array, so an
 * idle connection needs no memory. One owner thread.
 */
final class ReceiveBuffer {
  private static final byte[] NONE = new byte[0];

  /** Minimum size of an own array: most incomplete heads fit. */
  private static final int MIN_BYTES = 512;

  private byte[] array = NONE;
  private int from;
  private int to;
  private boolean borrowed;

  byte[] array() {
    return array;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  int size() {
    return to - from;
  }

  boolean isEmpty() {
    return from == to;
  }

  /** Adds bytes at the end. They must not change until {@link #settle}. */
  void add(byte[] bytes, int start, int end) {
    if (isEmpty()) {
      array = bytes;
      from = start;
      to = end;
      borrowed = true;
    } else {
      append(bytes, start, end);
    }
  }

  private void append(byte[] bytes, int start, int end) {
    int size = size();
    int more = end - start;
    if (borrowed || array.length - to < more) {
      int capacity = Math.max(MIN_BYTES, Integer.highestOneBit(size + more) << 1);
      byte[] larger = new byte[capacity];
      System.arraycopy(array, from, larger, 0, size);
      array = larger;
      from = 0;
      to = size;
      borrowed = false;
    }
    System.arraycopy(bytes, start, array, to, more);
    to += more;
  }

  void consume(int bytes) {
    from += bytes;
  }

  void clear() {
    array = NONE;
    from = 0;
    to = 0;
    borrowed = false;
  }

  /** Ends a receive: copies the rest, and no longer refers to the backend's array. */
  void settle() {
    if (isEmpty()) {
      clear();
    } else if (borrowed) {
      array = Arrays.copyOfRange(array, from, to);
      to -= from;
      from = 0;
      borrowed = false;
    }
  }
}
