package dev.leantea.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts a client's frames together to messages (RFC 6455 §5.4), without I/O.
 *
 * <ol>
 *   <li>{@link #offer} lends bytes; they are unmasked in place.
 *   <li>{@link #next} parses up to the next event, or to the end of the bytes.
 *   <li>A payload is inflated, and a text validated, piece by piece as it arrives: it fails at the
 *       first wrong byte and not at the end of the message (RFC 6455 §8.1).
 *   <li>Control frames come between a message's fragments and leave it alone.
 * </ol>
 *
 * <p>One thread.
 */
final class MessageParser implements AutoCloseable {
  private static final byte[] NONE = new byte[0];

  private final FrameParser frame;
  private final MessageBuffer message;
  private final MessageBuffer control = new MessageBuffer(125);
  private final Utf8Validator utf8 = new Utf8Validator();
  private final boolean keepsContext;
  private @Nullable Inflation inflation;
  private int messageOpcode;
  private boolean compressed;

  private byte[] bytes = NONE;
  private int at;
  private int end;

  MessageParser(WebSocketOptions options, @Nullable DeflateParameters deflate) {
    this.frame = new FrameParser(options.frameLimit(), deflate != null);
    this.message = new MessageBuffer(options.messageLimit());
    this.keepsContext = deflate != null && !deflate.clientNoContext();
  }

  /** Lends bytes, until {@link #next} returns null. They are changed. */
  void offer(byte[] borrowed, int from, int to) {
    if (at != end) {
      throw new IllegalStateException("frames: expected next() to have returned null");
    }
    bytes = borrowed;
    at = from;
    end = to;
  }

  /**
   * The next event; null when the bytes that were lent complete none.
   *
   * @throws WebSocketFailure when the client broke the protocol or a limit; there is nothing more
   *     to read then
   */
  @Nullable Event next() throws WebSocketFailure {
    while (true) {
      if (!frame.inPayload()) {
        at = frame.header(bytes, at, end);
        if (!frame.inPayload()) {
          return null;
        }
        begin();
      }
      payload();
      if (frame.remaining() > 0) {
        return null;
      }
      frame.next();
      Event event = end();
      if (event != null) {
        return event;
      }
    }
  }

  private void begin() throws WebSocketFailure {
    int opcode = frame.opcode();
    if (opcode == Opcode.TEXT || opcode == Opcode.BINARY) {
      messageOpcode = opcode;
      compressed = frame.compressed();
    }
    if (!Opcode.isControl(opcode) && !compressed) {
      message.requireRoom(frame.remaining()); // fails before the payload comes
    }
  }

  private void payload() throws WebSocketFailure {
    int from = at;
    at = frame.payload(bytes, from, end);
    if (Opcode.isControl(frame.opcode())) {
      control.append(bytes, from, at);
    } else {
      data(from, at);
    }
  }

  private void data(int from, int to) throws WebSocketFailure {
    int before = message.size();
    if (compressed) {
      inflation().part(bytes, from, to, message);
    } else {
      message.append(bytes, from, to);
    }
    requireText(before);
  }

  private Inflation inflation() {
    if (inflation == null) {
      inflation = new Inflation(keepsContext);
    }
    return inflation;
  }

  /** RFC 6455 §8.1, validated from the given byte of the message on. */
  private void requireText(int from) throws WebSocketFailure {
    if (messageOpcode == Opcode.TEXT && !utf8.accepts(message.array(), from, message.size())) {
      throw new WebSocketFailure(CloseReason.INVALID_PAYLOAD, "expected UTF-8");
    }
  }

  private @Nullable Event end() throws WebSocketFailure {
    if (Opcode.isControl(frame.opcode())) {
      return endOfControl();
    }
    return frame.fin() ? new Event.Data(endOfMessage()) : null;
  }

  private Message endOfMessage() throws WebSocketFailure {
    if (compressed) {
      int before = message.size();
      inflation().end(message);
      requireText(before);
    }
    if (messageOpcode == Opcode.TEXT && !utf8.isComplete()) {
      throw new WebSocketFailure(CloseReason.INVALID_PAYLOAD, "expected whole UTF-8 characters");
    }
    Message complete =
        messageOpcode == Opcode.TEXT
            ? new Message.Text(message.toText())
            : new Message.Binary(message.toBytes());
    message.clear();
    utf8.reset();
    return complete;
  }

  private Event endOfControl() throws WebSocketFailure {
    byte[] payload = control.toBytes();
    control.clear();
    return switch (frame.opcode()) {
      case Opcode.PING -> new Event.Ping(payload);
      case Opcode.PONG -> new Event.Pong(payload);
      default -> new Event.Close(closeReason(payload));
    };
  }

  /** RFC 6455 §5.5.1: nothing, or a code and perhaps a reason in UTF-8. */
  private static CloseReason closeReason(byte[] payload) throws WebSocketFailure {
    if (payload.length == 0) {
      return new CloseReason(CloseReason.NONE, "");
    }
    if (payload.length == 1) {
      throw WebSocketFailure.protocol("expected a close code of 2 bytes");
    }
    int code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
    if (!CloseReason.mayBeSent(code)) {
      throw WebSocketFailure.protocol("expected a valid close code, got " + code);
    }
    var validator = new Utf8Validator();
    if (!validator.accepts(payload, 2, payload.length) || !validator.isComplete()) {
      throw new WebSocketFailure(CloseReason.INVALID_PAYLOAD, "expected UTF-8 in a close reason");
    }
    byte[] reason = Arrays.copyOfRange(payload, 2, payload.length);
    return new CloseReason(code, new String(reason, StandardCharsets.UTF_8));
  }

  /** Frees what the inflater holds outside of the heap. */
  @Override
  public void close() {
    if (inflation != null) {
      inflation.close();
    }
  }
}
