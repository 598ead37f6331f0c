package dev.leantea.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Takes a client's frames apart (RFC 6455 §5.2), however the octets are cut:
 *
 * <pre>
 *    0               1
 *    F R R R  opcode M  length    extended length      mask           payload
 *   ├─┴─┴─┴─┴───────┼─┴──────────┼── 0, 2 or 8 ───────┼── 4 octets ──┼──────────┤
 *    FIRST           SECOND       LENGTH               MASK           PAYLOAD
 * </pre>
 *
 * <p>Every octet of the header is judged when it comes: a frame that is wrong fails before its
 * payload arrives, and even before its length does. One thread.
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
  private static final int MOST_CONTROL_OCTETS = 125;
  private static final int LENGTH_16 = 126;
  private static final int MASK_OCTETS = 4;

  private final int limit;
  private final boolean deflate;
  private State state = State.FIRST;
  private boolean fin;
  private boolean compressed;
  private int opcode;
  private boolean fragmented;
  private long length;
  private int octetsLeft;
  private int lengthOctets;
  private int mask;
  private int maskAt;

  /**
   * @param limit octets of a frame's payload
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

  /** Octets of the payload that are still to come. */
  long remaining() {
    return length;
  }

  /**
   * Reads octets of a header, until it is complete or there are no more.
   *
   * @return the index after the last octet that was read
   */
  int header(byte[] bytes, int from, int to) throws WebSocketFailure {
    int at = from;
    while (at < to && state != State.PAYLOAD) {
      int octet = bytes[at++] & 0xFF;
      switch (state) {
        case FIRST -> first(octet);
        case SECOND -> second(octet);
        case LENGTH -> length(octet);
        case MASK -> mask(octet);
        case PAYLOAD -> throw new IllegalStateException("frame: expected a header");
      }
    }
    return at;
  }

  private void first(int octet) throws WebSocketFailure {
    fin = (octet & FIN) != 0;
    opcode = octet & 0x0F;
    compressed = (octet & RSV1) != 0;
    if (!Opcode.isKnown(opcode)) {
      throw WebSocketFailure.protocol("expected a known opcode, got " + opcode);
    }
    if ((octet & RSV2_RSV3) != 0) {
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

  private void second(int octet) throws WebSocketFailure {
    if ((octet & MASKED) == 0) {
      throw WebSocketFailure.protocol("expected a masked frame"); // RFC 6455 §5.1
    }
    int size = octet & 0x7F;
    if (Opcode.isControl(opcode) && size > MOST_CONTROL_OCTETS) {
      throw WebSocketFailure.protocol("expected a control frame of at most 125 bytes");
    }
    if (size < LENGTH_16) {
      lengthIs(size);
    } else {
      length = 0;
      lengthOctets = size == LENGTH_16 ? 2 : 8;
      octetsLeft = lengthOctets;
      state = State.LENGTH;
    }
  }

  private void length(int octet) throws WebSocketFailure {
    if (octetsLeft == 8 && octet > 0x7F) {
      throw WebSocketFailure.protocol("expected a length below 2^63");
    }
    length = length << 8 | octet;
    if (--octetsLeft == 0) {
      // RFC 6455 §5.2: the minimal number of octets must be used.
      if (length < (lengthOctets == 2 ? LENGTH_16 : 0x10000)) {
        throw WebSocketFailure.protocol("expected the shortest form of the length");
      }
      lengthIs(length);
    }
  }

  private void lengthIs(long octets) throws WebSocketFailure {
    if (octets > limit) {
      throw WebSocketFailure.tooBig(limit);
    }
    length = octets;
    mask = 0;
    maskAt = 0;
    octetsLeft = MASK_OCTETS;
    state = State.MASK;
  }

  private void mask(int octet) {
    mask = mask << 8 | octet;
    if (--octetsLeft == 0) {
      state = State.PAYLOAD;
    }
  }

  /**
   * Unmasks octets of the payload in place (RFC 6455 §5.3). The frame ends with its last one.
   *
   * @return the index after the last octet that belongs to the payload
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
