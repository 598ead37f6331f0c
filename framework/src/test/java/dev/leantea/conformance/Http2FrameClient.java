package dev.leantea.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An HTTP/2 client in clear text that sends any frames, right or wrong, and does nothing by itself:
 * no acknowledgement, no flow control. It allows the server no dynamic table, so that a status can
 * be read without one.
 *
 * <p>One thread sends and one reads.
 */
public final class Http2FrameClient implements AutoCloseable {
  /** Long enough for a loaded machine: it is reached only when something hangs. */
  private static final int TIMEOUT_MILLIS = 30_000;

  private static final byte[] PREFACE = latin1("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  private static final int HEADER_BYTES = 9;

  /** Frame types (RFC 9113 §6). */
  static final int DATA = 0;

  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  /** RFC 9218 §7.1. */
  static final int PRIORITY_UPDATE = 16;

  /** Flags. */
  static final int END_STREAM = 1;

  static final int ACK = 1;
  static final int END_HEADERS = 4;

  /** Settings (RFC 9113 §6.5.2). */
  static final int HEADER_TABLE_SIZE = 1;

  static final int INITIAL_WINDOW_SIZE = 4;

  /** Error codes (RFC 9113 §7). */
  static final int CANCEL = 8;

  static final int ENHANCE_YOUR_CALM = 11;

  private final Socket socket;
  private final DataInputStream in;

  /** A frame as it came. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Frame(int type, int flags, int stream, byte[] payload) {
    boolean isOf(int type, int stream) {
      return this.type == type && this.stream == stream;
    }

    boolean has(int flag) {
      return (flags & flag) != 0;
    }

    /** The error code of RST_STREAM, or of GOAWAY. */
    int errorCode() {
      return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
    }

    @Override
    public String toString() {
      return "type " + type + ", flags " + flags + ", stream " + stream + ", " + payload.length;
    }
  }

  Http2FrameClient(int port) throws IOException {
    var raw = new Socket();
    raw.setTcpNoDelay(true);
    raw.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    socket = TestTls.http2(raw);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  Socket socket() {
    return socket;
  }

  // ---- sending

  /**
   * Sends the preface.
   *
   * @param settings identifiers and values, beyond the size of the dynamic table
   */
  Http2FrameClient begin(int... settings) throws IOException {
    ByteBuffer payload = ByteBuffer.allocate(6 + 3 * settings.length);
    payload.putShort((short) HEADER_TABLE_SIZE).putInt(0);
    for (int i = 0; i < settings.length; i += 2) {
      payload.putShort((short) settings[i]).putInt(settings[i + 1]);
    }
    return send(joined(PREFACE, frame(SETTINGS, 0, 0, payload.array())));
  }

  Http2FrameClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Sends a request without a body. */
  Http2FrameClient get(int stream, String path) throws IOException {
    return send(request(stream, "GET", path, END_STREAM));
  }

  // ---- bytes to send

  static byte[] frame(int type, int flags, int stream, byte... payload) {
    return ByteBuffer.allocate(HEADER_BYTES + payload.length)
        .putInt(payload.length << 8 | type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  static byte[] request(int stream, String method, String path, int flags) {
    return frame(HEADERS, END_HEADERS | flags, stream, requestFields(method, path));
  }

  static byte[] requestFields(String method, String path) {
    return joined(
        literal(":method", method),
        literal(":scheme", "http"),
        literal(":path", path),
        literal(":authority", "localhost"));
  }

  /** A field without indexing and without Huffman code (RFC 7541 §6.2.2). */
  static byte[] literal(String name, String value) {
    return joined(new byte[] {0}, string(name), string(value));
  }

  /** RFC 7541 §5.2. */
  static byte[] string(String text) {
    var bytes = new ByteArrayOutputStream();
    int length = text.length();
    if (length < 127) {
      bytes.write(length);
    } else {
      bytes.write(127);
      int rest = length - 127;
      for (; rest >= 128; rest >>= 7) {
        bytes.write(rest | 128);
      }
      bytes.write(rest);
    }
    bytes.writeBytes(latin1(text));
    return bytes.toByteArray();
  }

  static byte[] int32(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  static byte[] joined(byte[]... parts) {
    var bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  // ---- receiving

  /** The next frame; empty when the server has ended the connection, in whatever way. */
  Optional<Frame> read() throws IOException {
    try {
      int lengthAndType = in.readInt();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = new byte[lengthAndType >>> 8];
      in.readFully(payload);
      return Optional.of(new Frame(lengthAndType & 0xFF, flags, stream, payload));
    } catch (EOFException | SocketException e) {
      return Optional.empty();
    }
  }

  /** The next frame that matches; those before it are discarded. */
  Frame await(Predicate<Frame> wanted, String description) throws IOException {
    for (Optional<Frame> frame = read(); frame.isPresent(); frame = read()) {
      if (wanted.test(frame.get())) {
        return frame.get();
      }
      if (frame.get().type() == GOAWAY) {
        throw new AssertionError(
            "expected " + description + ", got GOAWAY " + frame.get().errorCode());
      }
    }
    throw new AssertionError("expected " + description + ", got the end of the connection");
  }

  /** The status of the next response on a stream. */
  int status(int stream) throws IOException {
    return status(await(it -> it.isOf(HEADERS, stream), "a response on stream " + stream));
  }

  /** The status in HEADERS: the first field, in the static table or a literal of three digits. */
  static int status(Frame headers) {
    byte[] block = headers.payload();
    int at = 0;
    while ((block[at] & 0xE0) == 0x20) { // size updates, of one byte: the table is empty
      at++;
    }
    if (block[at] < 0) {
      return new int[] {200, 204, 206, 304, 400, 404, 500}[(block[at] & 0x7F) - 8];
    }
    int length = block[at + 1] & 0x7F;
    boolean huffman = block[at + 1] < 0;
    return huffman
        ? huffmanDigits(block, at + 2, length)
        : Integer.parseInt(new String(block, at + 2, length, StandardCharsets.ISO_8859_1));
  }

  /** RFC 7541 appendix B: 0 to 2 have 5 bits, 00000 to 00010; 3 to 9 have 6, 011001 to 011111. */
  private static int huffmanDigits(byte[] block, int from, int length) {
    int bits = 0;
    for (int i = 0; i < 4; i++) {
      bits = bits << 8 | (i < length ? block[from + i] & 0xFF : 0xFF);
    }
    int number = 0;
    for (int i = 0; i < 3; i++) {
      boolean isShort = bits >>> 27 <= 2;
      number = number * 10 + (isShort ? bits >>> 27 : (bits >>> 26) - 0b011001 + 3);
      bits <<= isShort ? 5 : 6;
    }
    return number;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
