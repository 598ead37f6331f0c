package dev.leantea.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a server's frames: whole and unmasked (RFC 6455 §5.1, §5.2). Any thread. */
final class FrameWriter {
  private static final int FIN = 0x80;
  private static final int RSV1 = 0x40;
  private static final int MAX_SHORT_BYTES = 125;
  private static final int MAX_16_BIT_BYTES = 0xFFFF;

  private FrameWriter() {}

  /** The header of a frame with a payload of this length. */
  static byte[] header(int opcode, boolean compressed, int length) {
    byte first = (byte) (FIN | (compressed ? RSV1 : 0) | opcode);
    if (length <= MAX_SHORT_BYTES) {
      return new byte[] {first, (byte) length};
    }
    if (length <= MAX_16_BIT_BYTES) {
      return new byte[] {first, 126, (byte) (length >> 8), (byte) length};
    }
    return new byte[] {
      first,
      127,
      0,
      0,
      0,
      0,
      (byte) (length >> 24),
      (byte) (length >> 16),
      (byte) (length >> 8),
      (byte) length
    };
  }

  /** A whole uncompressed frame. */
  static byte[] frame(int opcode, byte[] payload) {
    byte[] header = header(opcode, false, payload.length);
    byte[] frame = Arrays.copyOf(header, header.length + payload.length);
    System.arraycopy(payload, 0, frame, header.length, payload.length);
    return frame;
  }

  /** The payload of a Close frame: empty for {@link CloseReason#NONE}. */
  static byte[] closePayload(CloseReason reason) {
    if (reason.code() == CloseReason.NONE) {
      return new byte[0];
    }
    byte[] text = reason.reason().getBytes(StandardCharsets.UTF_8);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (reason.code() >> 8);
    payload[1] = (byte) reason.code();
    System.arraycopy(text, 0, payload, 2, text.length);
    return payload;
  }
}
