package dev.leantea.testing;

import dev.leantea.http.Headers;
import dev.leantea.testing.TestWebSocket.Incoming;
import dev.leantea.websocket.CloseReason;
import dev.leantea.websocket.Message;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A client's frames (RFC 6455 §5) over a connection in memory. It offers no compression, and the
 * application sends whole messages, so there are no fragments.
 */
final class MemoryWebSocket implements TestWebSocket.Link {
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;

  private final MemoryConnection connection;
  private final Headers headers;
  private final DataInputStream in;
  private boolean closed;

  private MemoryWebSocket(MemoryConnection connection, Headers headers) {
    this.connection = connection;
    this.headers = headers;
    this.in = new DataInputStream(connection.fromApplication());
  }

  static TestWebSocket open(MemoryConnection connection, Headers headers) {
    return new TestWebSocket(new MemoryWebSocket(connection, headers));
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public void send(Message message) throws IOException {
    switch (message) {
      case Message.Text(String text) -> frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
      case Message.Binary(byte[] bytes) -> frame(BINARY, bytes);
    }
  }

  /** A whole frame; a mask of zeros leaves the payload as it is. */
  private synchronized void frame(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) (FIN | opcode));
    if (payload.length < 126) {
      frame.put((byte) (MASKED | payload.length));
    } else if (payload.length <= 0xFFFF) {
      frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (MASKED | 127)).putLong(payload.length);
    }
    frame.putInt(0).put(payload);
    connection.toApplication().write(frame.array(), 0, frame.position());
  }

  @Override
  public Incoming receive() throws IOException {
    try {
      while (true) {
        int opcode = in.readUnsignedByte() & 0x0F;
        byte[] payload = in.readNBytes(length());
        switch (opcode) {
          case TEXT -> {
            return new Incoming.Received(
                new Message.Text(new String(payload, StandardCharsets.UTF_8)));
          }
          case BINARY -> {
            return new Incoming.Received(new Message.Binary(payload));
          }
          case CLOSE -> {
            return new Incoming.Closed(answered(payload));
          }
          case PING -> frame(PONG, payload);
          default -> {} // a pong
        }
      }
    } catch (EOFException _) {
      return new Incoming.Closed(new CloseReason(CloseReason.ABNORMAL, ""));
    }
  }

  private int length() throws IOException {
    int length = in.readUnsignedByte();
    return switch (length) {
      case 126 -> in.readUnsignedShort();
      case 127 -> Math.toIntExact(in.readLong());
      default -> length;
    };
  }

  /** RFC 6455 §5.5.1: a Close frame is answered with one. */
  private CloseReason answered(byte[] payload) throws IOException {
    if (!closed) {
      closed = true;
      frame(CLOSE, payload);
    }
    if (payload.length < 2) {
      return new CloseReason(CloseReason.NONE, "");
    }
    int code = ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    byte[] reason = Arrays.copyOfRange(payload, 2, payload.length);
    return new CloseReason(code, new String(reason, StandardCharsets.UTF_8));
  }

  @Override
  public void close(CloseReason reason) throws IOException {
    closed = true;
    byte[] text = reason.reason().getBytes(StandardCharsets.UTF_8);
    frame(
        CLOSE,
        ByteBuffer.allocate(2 + text.length).putShort((short) reason.code()).put(text).array());
  }

  @Override
  public void abort() throws IOException {
    connection.leave();
  }
}
