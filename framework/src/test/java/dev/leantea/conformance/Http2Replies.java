package dev.leantea.conformance;

import dev.leantea.http2.FieldBlocks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server of HTTP/2 has sent, by stream. Checks on the way that it keeps to the protocol.
 *
 * <p>The events of a stream: {@code 100} for an interim response, {@code 200 = body} for a complete
 * one, {@code 200 ...} for one that is not complete, {@code reset CODE}. One thread.
 */
public final class Http2Replies {
  private static final int HEADER_BYTES = 9;
  private static final int MAX_PAYLOAD_BYTES = 16 * 1024;

  private static final List<String> CODES =
      List.of(
          "NO_ERROR",
          "PROTOCOL_ERROR",
          "INTERNAL_ERROR",
          "FLOW_CONTROL_ERROR",
          "SETTINGS_TIMEOUT",
          "STREAM_CLOSED",
          "FRAME_SIZE_ERROR",
          "REFUSED_STREAM",
          "CANCEL",
          "COMPRESSION_ERROR",
          "CONNECT_ERROR",
          "ENHANCE_YOUR_CALM");

  private static final class Stream {
    private final List<String> events = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private String status = "";
    private boolean ended;
  }

  private final FieldBlocks decoder = new FieldBlocks();
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();
  private final Map<Integer, Stream> streams = new TreeMap<>();
  private final List<String> pings = new ArrayList<>();
  private final List<String> goAways = new ArrayList<>();
  private int settings;
  private int blockStream;
  private boolean blockEndsStream;
  private byte[] rest = {};

  /** The frames in bytes that were received, wherever they end. */
  public Http2Replies add(byte[] bytes) throws IOException {
    byte[] all = Arrays.copyOf(rest, rest.length + bytes.length);
    System.arraycopy(bytes, 0, all, rest.length, bytes.length);
    int at = 0;
    while (all.length - at >= HEADER_BYTES) {
      ByteBuffer header = ByteBuffer.wrap(all, at, HEADER_BYTES);
      int lengthAndType = header.getInt();
      int flags = header.get();
      int end = at + HEADER_BYTES + (lengthAndType >>> 8);
      if (end > all.length) {
        break;
      }
      byte[] payload = Arrays.copyOfRange(all, at + HEADER_BYTES, end);
      frame(lengthAndType & 0xFF, flags, header.getInt(), payload);
      at = end;
    }
    rest = Arrays.copyOfRange(all, at, all.length);
    return this;
  }

  private void frame(int type, int flags, int id, byte[] payload) throws IOException {
    require(payload.length <= MAX_PAYLOAD_BYTES, "a payload of at most 16384 bytes");
    require(settings > 0 || type == Http2Client.SETTINGS, "SETTINGS first");
    require(blockStream == 0 || type == Http2Client.CONTINUATION, "a whole field block");
    switch (type) {
      case Http2Client.DATA -> data(stream(id), flags, payload);
      case Http2Client.HEADERS -> headers(id, flags, payload);
      case Http2Client.CONTINUATION -> fragment(id, flags, payload);
      case Http2Client.RST_STREAM -> {
        stream(id).ended = true;
        stream(id).events.add("reset " + code(payload, 0));
      }
      case Http2Client.SETTINGS -> settings++;
      case Http2Client.PING -> ping(flags, payload);
      case Http2Client.GOAWAY -> goAways.add(code(payload, 4));
      case Http2Client.WINDOW_UPDATE ->
          require(ByteBuffer.wrap(payload).getInt() > 0, "an increment of 1 or more");
      default -> throw new AssertionError("server: expected a known frame, got type " + type);
    }
  }

  private void headers(int id, int flags, byte[] payload) throws IOException {
    require(!stream(id).ended, "no HEADERS after the end of stream " + id);
    blockEndsStream = (flags & Http2Client.END_STREAM) != 0;
    fragment(id, flags, payload);
  }

  private void ping(int flags, byte[] payload) {
    if ((flags & Http2Client.ACK) != 0) {
      pings.add(new String(payload, StandardCharsets.ISO_8859_1));
    }
  }

  private static void require(boolean holds, String expected) {
    if (!holds) {
      throw new AssertionError("server: expected " + expected);
    }
  }

  private static String code(byte[] payload, int at) {
    return CODES.get(ByteBuffer.wrap(payload).getInt(at));
  }

  private Stream stream(int id) {
    return streams.computeIfAbsent(id, _ -> new Stream());
  }

  private static void data(Stream stream, int flags, byte[] payload) {
    require(!stream.status.isEmpty() && !stream.ended, "DATA within a response");
    stream.body.writeBytes(payload);
    endIf((flags & Http2Client.END_STREAM) != 0, stream);
  }

  private void fragment(int id, int flags, byte[] payload) throws IOException {
    block.writeBytes(payload);
    blockStream = (flags & Http2Client.END_HEADERS) == 0 ? id : 0;
    if (blockStream == 0) {
      Stream stream = stream(id);
      stream.status = status(decoder.decode(block.toByteArray()));
      block.reset();
      if (stream.status.startsWith("1")) {
        stream.events.add(stream.status);
      }
      endIf(blockEndsStream, stream);
    }
  }

  private static String status(List<Map.Entry<String, String>> fields) {
    require(fields.getFirst().getKey().equals(":status"), ":status first");
    boolean lowerCase =
        fields.stream().map(Map.Entry::getKey).allMatch(it -> it.matches("[a-z0-9:-]+"));
    require(lowerCase, "names in lower case");
    return fields.getFirst().getValue();
  }

  private static void endIf(boolean ends, Stream stream) {
    if (ends) {
      stream.ended = true;
      String body = stream.body.toString(StandardCharsets.ISO_8859_1);
      stream.events.add(stream.status + " = " + body);
    }
  }

  /** The events of a stream, in order. */
  public List<String> of(int id) {
    Stream stream = streams.getOrDefault(id, new Stream());
    var events = new ArrayList<>(stream.events);
    if (!stream.ended && !stream.status.isEmpty() && !stream.status.startsWith("1")) {
      events.add(stream.status + " ...");
    }
    return events;
  }

  /** The events of all streams that the server has sent anything on. */
  public Map<Integer, List<String>> all() {
    var all = new TreeMap<Integer, List<String>>();
    streams.keySet().stream().filter(id -> id > 0).forEach(id -> all.put(id, of(id)));
    return all;
  }

  /** Payloads of the PING frames that were answered. */
  public List<String> pings() {
    return pings;
  }

  /** Error codes of the GOAWAY frames. */
  public List<String> goAways() {
    return goAways;
  }

  @Override
  public String toString() {
    return "streams " + all() + ", pings " + pings + ", GOAWAY " + goAways;
  }
}
