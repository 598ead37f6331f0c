package dev.leantea.websocket;

import dev.leantea.websocket.Message.Binary;
import dev.leantea.websocket.Message.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message of a room as bytes on a bus:
 *
 * <pre>
 *  ┌────────────────┬─────────────────────┐
 *  │ 't' or 'b': 1  │ UTF-8, or the bytes │
 *  └────────────────┴─────────────────────┘
 * </pre>
 */
final class BusCoding {
  private BusCoding() {}

  static byte[] encode(Message message) {
    return switch (message) {
      case Text(String text) -> joined('t', text.getBytes(StandardCharsets.UTF_8));
      case Binary(byte[] bytes) -> joined('b', bytes);
    };
  }

  private static byte[] joined(char kind, byte[] payload) {
    byte[] all = new byte[1 + payload.length];
    all[0] = (byte) kind;
    System.arraycopy(payload, 0, all, 1, payload.length);
    return all;
  }

  /**
   * Reads a message back.
   *
   * @throws IllegalArgumentException when it is none of a room
   */
  static Message decode(byte[] bytes) {
    byte[] payload = Arrays.copyOfRange(bytes, Math.min(1, bytes.length), bytes.length);
    return switch (bytes.length == 0 ? 0 : bytes[0]) {
      case 't' -> new Text(new String(payload, StandardCharsets.UTF_8));
      case 'b' -> new Binary(payload);
      default ->
          throw new IllegalArgumentException("room: expected a room's message on the bus's topic");
    };
  }
}
