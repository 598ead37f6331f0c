package dev.leantea.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Parses a client's frames (RFC 6455 §5.2), in whatever pieces the bytes arrive:
 *
 * <pre>
 *    0               1
 *    F R R R  opcode M  length    extended length      mask           payload
 *   ├─┴─┴─┴─┴───────┼─┴──────────┼── 0, 2 or 8 ───────┼── 4 bytes ───┼──────────┤
 *    FIRST           SECOND       LENGTH               MASK           PAYLOAD
 * </pre>
 *
 * <p>Each byte of the header is validated when it arrives: a wrong frame fails before its payload
 * arrives, and even before its length does. One thread.
 */
final class FrameParser {
  private enum State {
    FIRST,
    SECOND,
    LENGTH,
    MASK,
    PAYLOAD
  }

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int FIN = 0x80;
  private static final int RSV1 = 0x40;
  private static final int RSV2_RSV3 = 0x30;
  private static final int MASKED = 0x80;
  private static final int MAX_CONTROL_BYTES = 125;
  private static final int LENGTH_16 = 126;
  private static final int MASK_BYTES = 4;

  private final int limit;
  private final boolean deflate;
  private State state = State.FIRST;
  private boolean fin;
  private boolean compressed;
  private int opcode;
  private boolean fragmented;
  private long length;
  private int bytesLeft;
  private int lengthBytes;
  private int mask;
  private int maskAt;

  /**
   * @param limit maximum bytes of a frame's payload
   * @param deflate whether RSV1 may be set (RFC 7692 §6)
   */
  FrameParser(int limit, boolean deflate) {
    this.limit = limit;
    this.deflate = deflate;
  }

  /** Whether a header is complete, and its payload is not. */
  boolean inPayload() {
    return state == State.PAYLOAD;
  }

  int opcode() {
    return opcode;
  }

  /** Whether this frame is a message's last. */
  boolean fin() {
    return fin;
  }

  /** Whether this frame begins a compressed message. */
  boolean compressed() {
    return compressed;
  }

  /** Bytes of the payload that have not arrived. */
  long remaining() {
    return length;
  }

  /**
   * Reads bytes of a header, until it is complete or there are no more.
   *
   * @return the index after the last byte that was read
   */
  int header(byte[] bytes, int from, int to) throws WebSocketFailure {
    int at = from;
    while (at < to && state != State.PAYLOAD) {
      int b = bytes[at++] & 0xFF;
      switch (state) {
        case FIRST -> first(b);
        case SECOND -> second(b);
        case LENGTH -> length(b);
        case MASK -> mask(b);
        case PAYLOAD -> throw new IllegalStateException("frame: expected a header");
      }
    }
    return at;
  }

  private void first(int b) throws WebSocketFailure {
    fin = (b & FIN) != 0;
    opcode = b & 0x0F;
    compressed = (b & RSV1) != 0;
    if (!Opcode.isKnown(opcode)) {
      throw WebSocketFailure.protocol("expected a known opcode, got " + opcode);
    }
    if ((b & RSV2_RSV3) != 0) {
      throw WebSocketFailure.protocol("expected RSV2 and RSV3 to be 0");
    }
    // RFC 7692 §6: RSV1 stands on the first frame of a message alone.
    boolean beginsMessage = opcode == Opcode.TEXT || opcode == Opcode.BINARY;
    if (compressed && !(deflate && beginsMessage)) {
      throw WebSocketFailure.protocol("expected RSV1 to be 0");
    }
    if (Opcode.isControl(opcode)) {
      requireWhole();
    } else {
      requireInOrder();
    }
    state = State.SECOND;
  }

  /** RFC 6455 §5.5: a control frame is not fragmented. */
  private void requireWhole() throws WebSocketFailure {
    if (!fin) {
      throw WebSocketFailure.protocol("expected a control frame to be whole");
    }
  }

  /** RFC 6455 §5.4: fragments of one message are not mixed with those of another. */
  private void requireInOrder() throws WebSocketFailure {
    if ((opcode == Opcode.CONTINUATION) != fragmented) {
      throw WebSocketFailure.protocol(
          fragmented
              ? "expected a continuation, got a new message"
              : "expected a new message, got a continuation");
    }
    fragmented = !fin;
  }

  private void second(int b) throws WebSocketFailure {
    if ((b & MASKED) == 0) {
      throw WebSocketFailure.protocol("expected a masked frame"); // RFC 6455 §5.1
    }
    int size = b & 0x7F;
    if (Opcode.isControl(opcode) && size > MAX_CONTROL_BYTES) {
      throw WebSocketFailure.protocol("expected a control frame of at most 125 bytes");
    }
    if (size < LENGTH_16) {
      lengthIs(size);
    } else {
      length = 0;
      lengthBytes = size == LENGTH_16 ? 2 : 8;
      bytesLeft = lengthBytes;
      state = State.LENGTH;
    }
  }

  private void length(int b) throws WebSocketFailure {
    if (bytesLeft == 8 && b > 0x7F) {
      throw WebSocketFailure.protocol("expected a length below 2^63");
    }
    length = length << 8 | b;
    if (--bytesLeft == 0) {
      // RFC 6455 §5.2: the shortest form must be used.
      if (length < (lengthBytes == 2 ? LENGTH_16 : 0x10000)) {
        throw WebSocketFailure.protocol("expected the shortest form of the length");
      }
      lengthIs(length);
    }
  }

  private void lengthIs(long bytes) throws WebSocketFailure {
    if (bytes > limit) {
      throw WebSocketFailure.tooBig(limit);
    }
    length = bytes;
    mask = 0;
    maskAt = 0;
    bytesLeft = MASK_BYTES;
    state = State.MASK;
  }

  private void mask(int b) {
    mask = mask << 8 | b;
    if (--bytesLeft == 0) {
      state = State.PAYLOAD;
    }
  }

  /**
   * Unmasks bytes of the payload in place (RFC 6455 §5.3). The frame ends with its last one.
   *
   * @return the index after the last byte that belongs to the payload
   */
  int payload(byte[] bytes, int from, int to) {
    int end = (int) Math.min(to, from + length);
    unmask(bytes, from, end);
    length -= end - from;
    return end;
  }

  /** Goes on to the next frame. */
  void next() {
    state = State.FIRST;
  }

  private void unmask(byte[] bytes, int from, int end) {
    int turned = Integer.rotateLeft(mask, maskAt * Byte.SIZE);
    long wide = (long) turned << 32 | (turned & 0xFFFFFFFFL);
    int at = from;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ wide);
    }
    for (int shift = 24; at < end; at++, shift = shift == 0 ? 24 : shift - 8) {
      bytes[at] ^= (byte) (turned >>> shift);
    }
    maskAt = (maskAt + end - from) & 3;
  }
}
