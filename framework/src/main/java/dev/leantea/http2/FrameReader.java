package dev.leantea.http2;

import java.util.Arrays;

/**
 * Splits received bytes into frames (RFC 9113 §4.1), wherever they were cut.
 *
 * <pre>
 *  received ──┬─ a complete frame ──▶ FrameHandler, in place
 *             └─ the rest ──▶ held ── completed by the next bytes ──▶ FrameHandler
 *
 *  +---------------+------+-------+-+-----------+=============+
 *  |   length 24   | type | flags |R| stream 31 |   payload   |
 *  +---------------+------+-------+-+-----------+=============+
 * </pre>
 *
 * <p>Between frames it holds no array, so an idle connection needs no memory. One owner thread.
 */
final class FrameReader {
  /** Size of a frame's header. */
  static final int HEADER_BYTES = 9;

  /** Maximum payload that this server accepts: the value that every peer starts with (§6.5.2). */
  static final int MAX_PAYLOAD_BYTES = 16 * 1024;

  /** Minimum size of an array for an incomplete frame. */
  private static final int MIN_HELD_BYTES = 256;

  private static final byte[] NONE = new byte[0];

  private byte[] held = NONE;
  private int size;

  /** Whether the beginning of a frame was received and not its end. */
  boolean isWithinFrame() {
    return size > 0;
  }

  /** Whether content of a DATA frame was received, and not all of that frame's content. */
  boolean isWithinContent() {
    if (size <= HEADER_BYTES || (held[3] & 0xFF) != FrameType.DATA) {
      return false;
    }
    boolean padded = Flags.has(held[4], Flags.PADDED);
    int padding = padded ? held[HEADER_BYTES] & 0xFF : 0;
    int length = ((held[0] & 0xFF) << 16) | u16(held, 1);
    return size > (padded ? HEADER_BYTES + 1 : HEADER_BYTES)
        && size < HEADER_BYTES + length - padding;
  }

  /**
   * Passes on the frames that are complete now, and keeps the rest.
   *
   * @throws Http2Exception of the connection for a frame that is too large (§4.2); reading cannot
   *     go on then
   */
  void receive(byte[] bytes, int from, int to, FrameHandler handler) throws Http2Exception {
    int at = from;
    if (size > 0) {
      at = complete(bytes, from, to, handler);
    }
    while (at >= 0 && to - at >= HEADER_BYTES) {
      int end = at + HEADER_BYTES + payloadLength(bytes, at);
      if (end > to) {
        break;
      }
      at = pass(bytes, at, end, handler) ? end : -1;
    }
    if (at >= 0) {
      hold(bytes, at, to);
    }
  }

  /** Completes the held frame; returns where the next one begins, or -1 to stop. */
  private int complete(byte[] bytes, int from, int to, FrameHandler handler) throws Http2Exception {
    int at = fill(HEADER_BYTES, bytes, from, to);
    if (size < HEADER_BYTES) {
      return at;
    }
    int length = HEADER_BYTES + payloadLength(held, 0);
    at = fill(length, bytes, at, to);
    if (size < length) {
      return at;
    }
    byte[] frame = held;
    held = NONE; // the handler may receive more while it runs
    size = 0;
    return pass(frame, 0, length, handler) ? at : -1;
  }

  /** Takes bytes until that many are held; returns the index after the last byte taken. */
  private int fill(int wanted, byte[] bytes, int from, int to) {
    int count = Math.max(0, Math.min(wanted - size, to - from));
    if (held.length < size + count) {
      held = Arrays.copyOf(held, Math.max(wanted, MIN_HELD_BYTES));
    }
    System.arraycopy(bytes, from, held, size, count);
    size += count;
    return from + count;
  }

  private void hold(byte[] bytes, int from, int to) {
    if (from == to) {
      return;
    }
    int wanted = to - from;
    if (wanted >= HEADER_BYTES) {
      // A sender that goes on fills the array soon: it has its final size at once.
      wanted = HEADER_BYTES + (((bytes[from] & 0xFF) << 16) | u16(bytes, from + 1));
    }
    held = new byte[Math.max(wanted, MIN_HELD_BYTES)];
    size = to - from;
    System.arraycopy(bytes, from, held, 0, size);
  }

  private static boolean pass(byte[] bytes, int at, int end, FrameHandler handler)
      throws Http2Exception {
    int streamId = u31(bytes, at + 5);
    return handler.frame(
        bytes[at + 3] & 0xFF, bytes[at + 4] & 0xFF, streamId, bytes, at + HEADER_BYTES, end);
  }

  private static int payloadLength(byte[] bytes, int at) throws Http2Exception {
    int length = ((bytes[at] & 0xFF) << 16) | u16(bytes, at + 1);
    if (length > MAX_PAYLOAD_BYTES) {
      throw new Http2Exception.OfConnection(
          ErrorCode.FRAME_SIZE_ERROR,
          "frame: expected at most " + MAX_PAYLOAD_BYTES + " bytes of payload, got " + length);
    }
    return length;
  }

  /** Discards an incomplete frame: nothing is read any more. */
  void clear() {
    held = NONE;
    size = 0;
  }

  static int u16(byte[] bytes, int at) {
    return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
  }

  static int u32(byte[] bytes, int at) {
    return (u16(bytes, at) << 16) | u16(bytes, at + 2);
  }

  /** A stream identifier or a window increment, without the reserved bit. */
  static int u31(byte[] bytes, int at) {
    return u32(bytes, at) & 0x7FFF_FFFF;
  }
}
