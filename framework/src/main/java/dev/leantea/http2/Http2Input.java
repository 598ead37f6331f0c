package dev.leantea.http2;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/**
 * The receiving half of an {@link Http2Connection}: checks and processes frames (RFC 9113 §6). One
 * owner thread.
 *
 * <pre>
 *  preface ─▶ SETTINGS ─▶ frames ─┬─ HEADERS, CONTINUATION ─▶ FieldBlock ─▶ RequestInput
 *                                 ├─ DATA, WINDOW_UPDATE, RST_STREAM ─▶ Http2Stream
 *                                 └─ SETTINGS, PING, GOAWAY ─▶ here
 * </pre>
 */
final class Http2Input implements FrameHandler {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** RFC 9113 §3.4. */
  static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  /** The connection's window: a client may have this much on its way over all streams. */
  private static final int WINDOW_BYTES = 1024 * 1024;

  /** The priority fields in HEADERS, which RFC 9113 §5.3.2 deprecates. */
  private static final int PRIORITY_BYTES = 5;

  /** An encoded block may be larger than the list it stands for: it is answered with 431 then. */
  private static final int MIN_BLOCK_BYTES = 256 * 1024;

  private final Http2Connection connection;
  private final FloodGuard guard;
  private final RequestInput requests;
  private final FieldBlock block;
  private int prefaceBytes;
  private boolean begun;

  /** What the client may still send on the connection, and what is to be returned to it. */
  private int window = WINDOW_BYTES;

  private int unreturned;

  Http2Input(Http2Connection connection) {
    this.connection = connection;
    this.guard = connection.guard;
    this.requests = new RequestInput(connection);
    this.block = new FieldBlock(Math.max(MIN_BLOCK_BYTES, connection.protocol.maxListBytes));
  }

  /** Extends the connection's window from its initial value (§6.9.2). */
  void openWindow() {
    connection.frames.windowUpdate(0, WINDOW_BYTES - PeerSettings.DEFAULT_WINDOW_BYTES);
  }

  /** For GOAWAY: the highest stream that may have been processed (§6.8). */
  int lastProcessedId() {
    return requests.lastProcessedId();
  }

  /** Whether a field block has begun and not ended. */
  boolean isWithinBlock() {
    return block.isOpen();
  }

  /**
   * Consumes the client's preface, however it was split.
   *
   * @return the index after it
   */
  int preface(byte[] bytes, int from, int to) throws Http2Exception {
    int at = from;
    while (prefaceBytes < PREFACE.length && at < to) {
      if (bytes[at++] != PREFACE[prefaceBytes++]) {
        throw FrameRules.protocolError("expected the connection preface of HTTP/2");
      }
    }
    return at;
  }

  @Override
  public boolean frame(int type, int flags, int streamId, byte[] bytes, int from, int to)
      throws Http2Exception {
    if (!begun) {
      begin(type, flags);
    }
    if (block.isOpen() && (type != FrameType.CONTINUATION || streamId != block.streamId())) {
      throw FrameRules.protocolError(
          "expected CONTINUATION of the same stream within a field block"); // §4.3
    }
    try {
      dispatch(type, flags, streamId, bytes, from, to);
    } catch (Http2Exception.OfStream e) {
      streamError(e);
    }
    return connection.isOpen();
  }

  private void begin(int type, int flags) throws Http2Exception {
    if (type != FrameType.SETTINGS || Flags.has(flags, Flags.ACK)) {
      throw FrameRules.protocolError("expected SETTINGS as the first frame"); // §3.4
    }
    begun = true;
    connection.begun();
  }

  private void dispatch(int type, int flags, int id, byte[] bytes, int from, int to)
      throws Http2Exception {
    switch (type) {
      case FrameType.DATA -> data(flags, id, bytes, from, to);
      case FrameType.HEADERS -> headers(flags, id, bytes, from, to);
      case FrameType.PRIORITY -> priority(id, to - from);
      case FrameType.RST_STREAM -> resetStream(id, to - from);
      case FrameType.SETTINGS -> settings(flags, id, bytes, from, to);
      case FrameType.PUSH_PROMISE ->
          throw FrameRules.protocolError("PUSH_PROMISE: expected none"); // §8.4
      case FrameType.PING -> ping(flags, id, bytes, from, to);
      case FrameType.GOAWAY -> goAway(id, to - from);
      case FrameType.WINDOW_UPDATE -> windowUpdate(id, bytes, from, to);
      case FrameType.CONTINUATION -> continuation(flags, bytes, from, to);
      case FrameType.PRIORITY_UPDATE -> priorityUpdate(id, bytes, from, to);
      default -> guard.count(FloodGuard.Kind.IGNORED); // §5.5
    }
  }

  private void streamError(Http2Exception.OfStream e) throws Http2Exception {
    guard.count(FloodGuard.Kind.STREAM_ERROR);
    LOG.log(
        Level.DEBUG,
        () -> "http2: stream of " + connection.wire.remoteAddress() + " reset: " + e.reason());
    Http2Stream stream = connection.streams.find(e.streamId());
    if (stream == null) {
      connection.resetStream(e.streamId(), e.code());
    } else {
      connection.reset(stream, e.code(), e.reason());
    }
  }

  // ---- requests

  private void headers(int flags, int id, byte[] bytes, int from, int to) throws Http2Exception {
    if (id == 0 || RequestInput.isEven(id)) {
      throw FrameRules.protocolError(
          "HEADERS: expected the odd identifier of a stream"); // §5.1.1, §6.2
    }
    int start = FrameRules.contentFrom(flags, from, to);
    int end = FrameRules.contentTo(flags, bytes, from, to);
    if (Flags.has(flags, Flags.PRIORITY)) {
      start += PRIORITY_BYTES;
    }
    if (start > end) {
      throw FrameRules.frameSize("HEADERS: expected room for the priority fields");
    }
    boolean endStream = Flags.has(flags, Flags.END_STREAM);
    if (Flags.has(flags, Flags.END_HEADERS)) {
      requests.block(id, endStream, bytes, start, end);
    } else {
      block.begin(id, endStream, bytes, start, end);
    }
  }

  private void continuation(int flags, byte[] bytes, int from, int to) throws Http2Exception {
    if (!block.isOpen()) {
      throw FrameRules.protocolError(
          "CONTINUATION: expected a field block that has not ended"); // §6.10
    }
    boolean last = Flags.has(flags, Flags.END_HEADERS);
    if (from == to && !last) {
      guard.count(FloodGuard.Kind.EMPTY);
    }
    block.add(bytes, from, to);
    if (last) {
      int id = block.streamId();
      byte[] whole = block.bytes();
      int size = block.size();
      block.clear();
      requests.block(id, block.endStream(), whole, 0, size);
    }
  }

  private void data(int flags, int id, byte[] bytes, int from, int to) throws Http2Exception {
    if (id == 0) {
      throw FrameRules.protocolError("DATA: expected a stream"); // §6.1
    }
    int length = to - from;
    returnWindow(length);
    int start = FrameRules.contentFrom(flags, from, to);
    int end = FrameRules.contentTo(flags, bytes, from, to);
    boolean last = Flags.has(flags, Flags.END_STREAM);
    if (start == end && !last) {
      guard.count(FloodGuard.Kind.EMPTY);
    }
    Http2Stream stream = connection.streams.find(id);
    if (stream != null) {
      stream.data(bytes, start, end, length, last);
    } else if (!isIgnored(id, "DATA")) {
      throw notOpen(id);
    }
  }

  /** §5.1: the client has ended the stream, or has never opened it. */
  private Http2Exception notOpen(int id) {
    String reason = "DATA: expected an open stream";
    return requests.isSkipped(id)
        ? new Http2Exception.OfConnection(ErrorCode.STREAM_CLOSED, reason)
        : new Http2Exception.OfStream(id, ErrorCode.STREAM_CLOSED, reason);
  }

  /** All that comes is either in a stream's window too, or discarded: it is returned at once. */
  private void returnWindow(int length) throws Http2Exception {
    window -= length;
    unreturned += length;
    if (window < 0) {
      throw new Http2Exception.OfConnection(
          ErrorCode.FLOW_CONTROL_ERROR, "DATA: expected no more than the connection's window");
    }
    if (unreturned >= WINDOW_BYTES / 2) {
      connection.frames.windowUpdate(0, unreturned);
      window += unreturned;
      unreturned = 0;
    }
  }

  /**
   * Whether a frame for a stream that is not open is one that was on its way when this server reset
   * the stream, or sent the last GOAWAY of a drain.
   *
   * @throws Http2Exception of the connection for a stream that was never opened (§5.1)
   */
  private boolean isIgnored(int id, String type) throws Http2Exception {
    if (requests.isIdle(id)) {
      throw FrameRules.protocolError(type + ": expected a stream that was opened");
    }
    boolean ignored = requests.isIgnored(id);
    if (ignored) {
      guard.count(FloodGuard.Kind.IGNORED);
    }
    return ignored;
  }

  private void resetStream(int id, int length) throws Http2Exception {
    if (id == 0) {
      throw FrameRules.protocolError("RST_STREAM: expected a stream"); // §6.4
    }
    FrameRules.requireLength(FrameType.RST_STREAM, length, 4);
    Http2Stream stream = connection.streams.find(id);
    if (stream == null) {
      var _ = isIgnored(id, "RST_STREAM");
      guard.count(FloodGuard.Kind.IGNORED);
      return;
    }
    connection.streams.remove(stream);
    stream.fail("the client has cancelled the request");
    guard.count(FloodGuard.Kind.CANCELLED_REQUEST);
  }

  private void windowUpdate(int id, byte[] bytes, int from, int to) throws Http2Exception {
    FrameRules.requireLength(FrameType.WINDOW_UPDATE, to - from, 4);
    int increment = FrameReader.u31(bytes, from);
    guard.count(FloodGuard.Kind.WINDOW_UPDATE);
    if (id == 0) {
      if (increment == 0) {
        throw FrameRules.protocolError("WINDOW_UPDATE: expected an increment of 1 or more"); // §6.9
      }
      connection.sender.extend(increment);
      return;
    }
    Http2Stream stream = connection.streams.find(id);
    if (stream == null) {
      var _ = isIgnored(id, "WINDOW_UPDATE");
    } else if (increment == 0) {
      throw new Http2Exception.OfStream(
          id, ErrorCode.PROTOCOL_ERROR, "WINDOW_UPDATE: expected an increment of 1 or more");
    } else if (!stream.output().extend(increment)) {
      throw new Http2Exception.OfStream( // §6.9.1
          id, ErrorCode.FLOW_CONTROL_ERROR, "WINDOW_UPDATE: expected a window below 2^31");
    }
  }

  // ---- priorities

  /** RFC 9113 §5.3.2: deprecated, and ignored; its size is not. */
  private void priority(int id, int length) throws Http2Exception {
    if (id == 0) {
      throw FrameRules.protocolError("PRIORITY: expected a stream"); // §6.3
    }
    if (length != PRIORITY_BYTES) {
      String reason = "PRIORITY: expected 5 bytes, got " + length;
      throw connection.streams.find(id) == null
          ? new Http2Exception.OfConnection(ErrorCode.FRAME_SIZE_ERROR, reason)
          : new Http2Exception.OfStream(id, ErrorCode.FRAME_SIZE_ERROR, reason);
    }
    guard.count(FloodGuard.Kind.PRIORITY);
  }

  /** RFC 9218 §7.1. */
  private void priorityUpdate(int id, byte[] bytes, int from, int to) throws Http2Exception {
    if (id != 0) {
      throw FrameRules.protocolError("PRIORITY_UPDATE: expected stream 0");
    }
    if (to - from < Integer.BYTES) {
      throw FrameRules.frameSize("PRIORITY_UPDATE: expected 4 bytes or more");
    }
    int prioritized = FrameReader.u31(bytes, from);
    if (RequestInput.isEven(prioritized)) {
      throw FrameRules.protocolError("PRIORITY_UPDATE: expected a stream of the client's");
    }
    guard.count(FloodGuard.Kind.PRIORITY);
    Http2Stream stream = connection.streams.find(prioritized);
    if (stream != null) {
      stream.priority(Priority.parse(bytes, from + Integer.BYTES, to));
    } else if (requests.isIdle(prioritized)) {
      requests.prioritize(prioritized, Priority.parse(bytes, from + Integer.BYTES, to));
    }
  }

  // ---- the connection

  private void settings(int flags, int id, byte[] bytes, int from, int to) throws Http2Exception {
    FrameRules.requireConnection(id, "SETTINGS");
    int length = to - from;
    if (Flags.has(flags, Flags.ACK)) {
      FrameRules.requireLength(FrameType.SETTINGS, length, 0);
      guard.count(FloodGuard.Kind.IGNORED);
      return;
    }
    if (length % PeerSettings.SETTING_BYTES != 0) {
      throw FrameRules.frameSize("SETTINGS: expected a multiple of 6 bytes, got " + length); // §6.5
    }
    guard.count(FloodGuard.Kind.SETTINGS);
    int before = connection.peer.initialWindow();
    connection.peer.apply(bytes, from, to);
    connection.heads.tableSetting(connection.peer.headerTable());
    extendAll(connection.peer.initialWindow() - before);
    connection.frames.settingsAck();
  }

  /** §6.9.2: the change applies to all streams that are open. */
  private void extendAll(int difference) throws Http2Exception {
    if (difference == 0) {
      return;
    }
    for (Http2Stream stream : connection.streams.all()) {
      if (!stream.output().extend(difference)) {
        throw new Http2Exception.OfConnection(
            ErrorCode.FLOW_CONTROL_ERROR, "INITIAL_WINDOW_SIZE: expected windows below 2^31");
      }
    }
  }

  private void ping(int flags, int id, byte[] bytes, int from, int to) throws Http2Exception {
    FrameRules.requireConnection(id, "PING");
    FrameRules.requireLength(FrameType.PING, to - from, Long.BYTES);
    if (Flags.has(flags, Flags.ACK)) {
      long high = FrameReader.u32(bytes, from) & 0xFFFF_FFFFL;
      long low = FrameReader.u32(bytes, from + 4) & 0xFFFF_FFFFL;
      connection.pinged(high << 32 | low);
      guard.count(FloodGuard.Kind.IGNORED);
      return;
    }
    guard.count(FloodGuard.Kind.PING);
    connection.frames.pingAck(bytes, from);
  }

  /** §6.8: the client will open no more streams; those that are open go on. */
  private void goAway(int id, int length) throws Http2Exception {
    FrameRules.requireConnection(id, "GOAWAY");
    if (length < 8) {
      throw FrameRules.frameSize("GOAWAY: expected 8 bytes or more, got " + length);
    }
    guard.count(FloodGuard.Kind.IGNORED);
  }
}
