package dev.leantea.conformance;

import dev.leantea.http2.FieldBlocks;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * An HTTP/2 client that sends the frames it is given, right or wrong, and takes apart what comes
 * back. Answers SETTINGS and PING by itself. One thread.
 */
public final class Http2Client implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;

  static final int INITIAL_WINDOW_SIZE = 4;

  private static final int TIMEOUT_MILLIS = 20_000;
  private static final byte[] PREFACE = latin1("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

  /** What came on a stream. */
  static final class Stream {
    final Map<String, String> fields = new HashMap<>();
    final List<Map.Entry<String, String>> lines = new ArrayList<>();
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    final List<Integer> interim = new ArrayList<>();
    boolean ended;
    int reset = -1;

    /** By how much the server has extended the window, since this was set to 0. */
    int window;

    /** The values of all lines of this name. */
    List<String> all(String name) {
      return lines.stream()
          .filter(it -> it.getKey().equals(name))
          .map(Map.Entry::getValue)
          .toList();
    }

    int status() {
      return Integer.parseInt(fields.getOrDefault(":status", "0"));
    }

    String text() {
      return body.toString(StandardCharsets.UTF_8);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final FieldBlocks decoder = new FieldBlocks();
  private final Map<Integer, Stream> streams = new HashMap<>();

  /** The streams in the order in which they ended. */
  final List<Integer> ended = new ArrayList<>();

  /** Error codes of the GOAWAY frames, and their last streams. */
  final List<Integer> goAwayCodes = new ArrayList<>();

  final List<Integer> lastStreams = new ArrayList<>();
  int pings;

  Http2Client(int port) throws IOException {
    socket = TestTls.http2(new Socket(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** A client that has sent its preface, with SETTINGS in pairs of identifier and value. */
  static Http2Client open(int port, int... pairs) throws IOException {
    var client = new Http2Client(port);
    client.write(PREFACE);
    client.settings(pairs);
    return client;
  }

  // ---- sending

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  void settings(int... pairs) throws IOException {
    ByteBuffer payload = ByteBuffer.allocate(pairs.length * 3);
    for (int i = 0; i < pairs.length; i += 2) {
      payload.putShort((short) pairs[i]).putInt(pairs[i + 1]);
    }
    frame(SETTINGS, 0, 0, payload.array());
  }

  void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    write(bytes(type, flags, stream, payload));
  }

  static byte[] bytes(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .putInt(payload.length << 8 | type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** A GET, complete. */
  void get(int stream, String path, String... fields) throws IOException {
    request(stream, "GET", path, true, fields);
  }

  /** The head of a request, with further fields in pairs of name and value. */
  void request(int stream, String method, String path, boolean last, String... fields)
      throws IOException {
    int flags = END_HEADERS | (last ? END_STREAM : 0);
    frame(HEADERS, flags, stream, block(head(method, path, fields)));
  }

  static String[] head(String method, String path, String... fields) {
    var all = new ArrayList<String>();
    all.addAll(List.of(":method", method, ":scheme", "http", ":path", path, ":authority", "test"));
    all.addAll(List.of(fields));
    return all.toArray(String[]::new);
  }

  /** A field block of literals without indexing and without Huffman code (RFC 7541 §6.2.2). */
  static byte[] block(String... fields) {
    var block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      block.write(0);
      string(block, fields[i]);
      string(block, fields[i + 1]);
    }
    return block.toByteArray();
  }

  private static void string(ByteArrayOutputStream block, String text) {
    int length = text.length();
    if (length < 127) {
      block.write(length);
    } else {
      block.write(127);
      int rest = length - 127;
      for (; rest >= 128; rest >>>= 7) {
        block.write((rest & 127) | 128);
      }
      block.write(rest);
    }
    block.writeBytes(latin1(text));
  }

  void data(int stream, byte[] content, boolean last) throws IOException {
    frame(DATA, last ? END_STREAM : 0, stream, content);
  }

  void reset(int stream, int code) throws IOException {
    frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
  }

  void window(int stream, int bytes) throws IOException {
    frame(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
  }

  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  // ---- receiving

  Stream stream(int id) {
    return streams.computeIfAbsent(id, _ -> new Stream());
  }

  /** Reads until the stream has ended, or was reset. */
  Stream await(int id) throws IOException {
    Stream stream = stream(id);
    await(() -> stream.ended || stream.reset >= 0);
    return stream;
  }

  /** Reads frames until something is the case. */
  void await(BooleanSupplier done) throws IOException {
    while (!done.getAsBoolean()) {
      read();
    }
  }

  /** Reads all frames until the server has closed its side. */
  void awaitEnd() throws IOException {
    try {
      while (true) {
        read();
      }
    } catch (EOFException _) {
      // the end
    }
  }

  /** Sends a PING, and reads all that the server has sent before its answer. */
  void roundTrip() throws IOException {
    int before = pings;
    frame(PING, 0, 0, new byte[8]);
    await(() -> pings > before);
  }

  /** The next frame as it came, for a test that looks at frames itself. */
  byte[] readFrame() throws IOException {
    byte[] header = new byte[9];
    in.readFully(header);
    int length = ByteBuffer.wrap(header).getInt() >>> 8;
    byte[] frame = Arrays.copyOf(header, header.length + length);
    in.readFully(frame, header.length, length);
    return frame;
  }

  private void read() throws IOException {
    int lengthAndType = in.readInt();
    int flags = in.readUnsignedByte();
    int id = in.readInt();
    byte[] payload = new byte[lengthAndType >>> 8];
    in.readFully(payload);
    switch (lengthAndType & 0xFF) {
      case DATA -> {
        stream(id).body.writeBytes(payload);
        end(id, flags);
      }
      case HEADERS -> head(id, flags, payload);
      case RST_STREAM -> stream(id).reset = ByteBuffer.wrap(payload).getInt();
      case SETTINGS -> acknowledge(flags);
      case PING -> ping(flags, payload);
      case GOAWAY -> {
        lastStreams.add(ByteBuffer.wrap(payload).getInt());
        goAwayCodes.add(ByteBuffer.wrap(payload).getInt(4));
      }
      case WINDOW_UPDATE -> stream(id).window += ByteBuffer.wrap(payload).getInt();
      default -> throw new IOException("unexpected frame of type " + (lengthAndType & 0xFF));
    }
  }

  private void head(int id, int flags, byte[] block) throws IOException {
    Stream stream = stream(id);
    for (Map.Entry<String, String> field : decoder.decode(block)) {
      stream.fields.put(field.getKey(), field.getValue());
      stream.lines.add(Map.entry(field.getKey(), field.getValue()));
    }
    if (stream.status() < 200) {
      stream.interim.add(stream.status());
    }
    end(id, flags);
  }

  private void end(int id, int flags) {
    if ((flags & END_STREAM) != 0) {
      stream(id).ended = true;
      ended.add(id);
    }
  }

  private void acknowledge(int flags) throws IOException {
    if ((flags & ACK) == 0) {
      frame(SETTINGS, ACK, 0, new byte[0]);
    }
  }

  private void ping(int flags, byte[] payload) throws IOException {
    if ((flags & ACK) == 0) {
      frame(PING, ACK, 0, payload);
    } else {
      pings++;
    }
  }

  /** The client sends no more; it still reads. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
