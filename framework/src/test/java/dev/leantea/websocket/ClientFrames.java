package dev.leantea.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Frames as a client writes them: masked. */
final class ClientFrames {
  private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, 0x3D};

  private ClientFrames() {}

  static byte[] text(String text) {
    return frame(0x80 | Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] binary(byte[] bytes) {
    return frame(0x80 | Opcode.BINARY, bytes);
  }

  static byte[] close(int code, String reason) {
    return frame(0x80 | Opcode.CLOSE, FrameWriter.closePayload(new CloseReason(code, reason)));
  }

  static byte[] ping(String payload) {
    return frame(0x80 | Opcode.PING, payload.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param first the first byte: FIN, RSV bits and opcode
   */
  static byte[] frame(int first, byte[] payload) {
    byte[] header = FrameWriter.header(first & 0x0F, false, payload.length);
    header[0] = (byte) first;
    header[1] |= (byte) 0x80;
    byte[] masked = payload.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= MASK[i % 4];
    }
    return join(header, MASK, masked);
  }

  /** A header alone, with any length in any form. */
  static byte[] header(int first, int second, long length, int bytes) {
    ByteBuffer header = ByteBuffer.allocate(2 + bytes).put((byte) first).put((byte) second);
    switch (bytes) {
      case 0 -> {}
      case 2 -> header.putShort((short) length);
      default -> header.putLong(length);
    }
    return header.array();
  }

  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }
}
