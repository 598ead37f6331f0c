package dev.leantea.http1;

import java.util.Arrays;

/** Grows as a head is written into it; used again for the next one. One owner thread. */
final class OutputBuffer {
  private static final int FIRST_OCTETS = 1024;

  /** A larger array is not kept for the next head. */
  private static final int MOST_KEPT_OCTETS = 64 * 1024;

  private byte[] array = new byte[FIRST_OCTETS];
  private int size;

  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
    if (array.length > MOST_KEPT_OCTETS) {
      array = new byte[FIRST_OCTETS];
    }
  }

  OutputBuffer put(byte[] octets) {
    ensure(octets.length);
    System.arraycopy(octets, 0, array, size, octets.length);
    size += octets.length;
    return this;
  }

  /** Writes characters below U+0100, which Headers has seen to. */
  @SuppressWarnings("deprecation") // String.getBytes(int, int, byte[], int): the one without a copy
  OutputBuffer putLatin1(String text) {
    int length = text.length();
    ensure(length);
    text.getBytes(0, length, array, size);
    size += length;
    return this;
  }

  OutputBuffer put(char c) {
    ensure(1);
    array[size++] = (byte) c;
    return this;
  }

  OutputBuffer putDecimal(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    ensure(digits);
    size += digits;
    long rest = value;
    for (int at = size - 1; digits > 0; digits--, at--) {
      array[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return this;
  }

  private void ensure(int more) {
    if (array.length - size < more) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, size + more));
    }
  }
}
