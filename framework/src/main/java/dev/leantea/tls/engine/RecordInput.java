package dev.leantea.tls.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds whole records in what was received, so that a library that decrypts is not called for parts
 * of them. One thread at a time.
 *
 * <pre>
 *  │ type 1 │ version 2 │ length 2 │ fragment …      RFC 8446 §5.1
 *
 *  add ─▶ hasRecord, record, advance … ─▶ keep: copies the part of a record at the end
 * </pre>
 */
final class RecordInput {
  static final byte UNEXPECTED_MESSAGE = 10;
  static final byte RECORD_OVERFLOW = 22;
  static final byte DECODE_ERROR = 50;
  static final byte NO_RENEGOTIATION = 100;

  private static final byte[] NONE = {};
  private static final int HEADER_BYTES = 5;
  private static final int MIN_TYPE = 20;
  private static final int MAX_TYPE = 23;
  private static final int HANDSHAKE = 22;
  private static final int MAJOR_VERSION = 3;

  /** Of the fragment: 2^14 + 2048 in TLS 1.2 (RFC 5246 §6.2.3), less in TLS 1.3. */
  private static final int MAX_FRAGMENT_BYTES = (16 + 2) * 1024;

  private byte[] bytes = NONE;
  private int from;
  private int to;

  /** Adds bytes, which must not change until {@link #keep}. */
  void add(byte[] source, int begin, int end) {
    if (from == to) {
      bytes = source;
      from = begin;
      to = end;
    } else {
      int rest = to - from;
      byte[] joined = Arrays.copyOfRange(bytes, from, to + end - begin);
      System.arraycopy(source, begin, joined, rest, end - begin);
      bytes = joined;
      from = 0;
      to = joined.length;
    }
  }

  /** Copies what is left. */
  void keep() {
    if (from == to) {
      clear();
    } else {
      bytes = Arrays.copyOfRange(bytes, from, to);
      to -= from;
      from = 0;
    }
  }

  void clear() {
    bytes = NONE;
    from = 0;
    to = 0;
  }

  /**
   * Whether a record is complete.
   *
   * @throws BadRecordException when this is no TLS, or the record is too long
   */
  boolean hasRecord() throws BadRecordException {
    int size = to - from;
    if (size >= 1 && !isType(bytes[from])) {
      throw new BadRecordException(
          UNEXPECTED_MESSAGE, "record: expected a type of TLS, got " + bytes[from]);
    }
    if (size >= 2 && bytes[from + 1] != MAJOR_VERSION) {
      throw new BadRecordException(
          UNEXPECTED_MESSAGE, "record: expected version 3.x, got " + bytes[from + 1]);
    }
    if (size < HEADER_BYTES) {
      return false;
    }
    int fragment = fragment();
    if (fragment > MAX_FRAGMENT_BYTES) {
      throw new BadRecordException(RECORD_OVERFLOW, "record: too long, " + fragment + " bytes");
    }
    return size >= HEADER_BYTES + fragment;
  }

  private static boolean isType(byte type) {
    return type >= MIN_TYPE && type <= MAX_TYPE;
  }

  private int fragment() {
    return (bytes[from + 3] & 0xff) << 8 | (bytes[from + 4] & 0xff);
  }

  /** Whether the record begins a handshake on a connection of TLS 1.2 that had one. */
  boolean isRenegotiation(String version) {
    return bytes[from] == HANDSHAKE && version.equals("TLSv1.2");
  }

  ByteBuffer record() {
    return ByteBuffer.wrap(bytes, from, HEADER_BYTES + fragment());
  }

  void advance(int count) {
    from += count;
  }

  /** An alert that is not encrypted. */
  static byte[] fatalAlert(byte description) {
    return new byte[] {21, 3, 3, 0, 2, 2, description};
  }
}
