package dev.leantea.tls.certificate;

import java.util.Arrays;
import java.util.Optional;

/** Steps through values in DER (X.690). */
final class DerReader {
  private final byte[] bytes;
  private int at;
  private final int end;

  DerReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private DerReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** The values within the next value. */
  DerReader child() {
    int tag = at;
    int length = header();
    requireRoom(length, tag);
    return new DerReader(bytes, at, at + length);
  }

  /** The content of the next value with this tag; others before it are skipped. */
  Optional<byte[]> next(int tag) {
    while (at < end) {
      int begin = at;
      int length = header();
      requireRoom(length, begin);
      int from = at;
      at += length;
      if ((bytes[begin] & 0xff) == tag) {
        return Optional.of(Arrays.copyOfRange(bytes, from, at));
      }
    }
    return Optional.empty();
  }

  /** Reads tag and length. */
  private int header() {
    int begin = at;
    requireRoom(2, begin);
    int first = bytes[at + 1] & 0xff;
    at += 2;
    if (first < 0x80) {
      return first;
    }
    int count = first & 0x7f;
    requireRoom(count, begin);
    int length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | (bytes[at++] & 0xff);
    }
    return length;
  }

  private void requireRoom(int count, int begin) {
    if (count < 0 || count > end - at) {
      throw new IllegalArgumentException("expected a key, got malformed DER at byte " + begin);
    }
  }
}
