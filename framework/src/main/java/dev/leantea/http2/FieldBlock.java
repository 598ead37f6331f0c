package dev.leantea.http2;

import java.util.Arrays;

/**
 * A field block that does not end with its HEADERS frame (RFC 9113 §4.3): the fragments are
 * gathered until END_HEADERS, and no other frame may come between them. One owner thread.
 */
final class FieldBlock {
  /** Maximum number of CONTINUATION frames of a block. */
  private static final int MAX_FRAGMENTS = 64;

  private static final byte[] NONE = {};

  private final int maxBytes;
  private byte[] bytes = NONE;
  private int size;
  private int fragments;
  private int streamId;
  private boolean endStream;

  /**
   * @param maxBytes of the encoded block
   */
  FieldBlock(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Whether a block has begun and not ended. */
  boolean isOpen() {
    return streamId != 0;
  }

  int streamId() {
    return streamId;
  }

  /** Whether the HEADERS frame had END_STREAM. */
  boolean endStream() {
    return endStream;
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Begins with the fragment of a HEADERS frame without END_HEADERS. */
  void begin(int id, boolean last, byte[] fragment, int from, int to) throws Http2Exception {
    streamId = id;
    endStream = last;
    fragments = 0;
    append(fragment, from, to);
  }

  /** Adds the fragment of a CONTINUATION frame. */
  void add(byte[] fragment, int from, int to) throws Http2Exception {
    if (++fragments > MAX_FRAGMENTS) {
      throw new Http2Exception.OfConnection(
          ErrorCode.ENHANCE_YOUR_CALM,
          "expected at most " + MAX_FRAGMENTS + " CONTINUATION frames in a row");
    }
    append(fragment, from, to);
  }

  private void append(byte[] fragment, int from, int to) throws Http2Exception {
    int count = to - from;
    if (count > maxBytes - size) {
      throw new Http2Exception.OfConnection(
          ErrorCode.ENHANCE_YOUR_CALM, "expected a field block of at most " + maxBytes + " bytes");
    }
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
    }
    System.arraycopy(fragment, from, bytes, size, count);
    size += count;
  }

  /** The block was decoded, or its connection ends. */
  void clear() {
    streamId = 0;
    bytes = NONE;
    size = 0;
  }
}
