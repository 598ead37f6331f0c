package dev.leantea.http2;

import dev.leantea.wire.Wire;

/**
 * Writes frames directly into the wire's memory (RFC 9113 §6); nothing is flushed. One owner
 * thread.
 */
final class FrameWriter {
  private static final int HEADER_BYTES = FrameReader.HEADER_BYTES;

  private final Wire wire;
  private byte[] array = {};
  private int at;

  FrameWriter(Wire wire) {
    this.wire = wire;
  }

  /**
   * Sends SETTINGS (§6.5).
   *
   * @param pairs identifier, value, identifier, value, …
   */
  void settings(int... pairs) {
    begin(pairs.length / 2 * PeerSettings.SETTING_BYTES, FrameType.SETTINGS, Flags.NONE, 0);
    for (int i = 0; i < pairs.length; i += 2) {
      put(pairs[i] >>> 8);
      put(pairs[i]);
      put32(pairs[i + 1]);
    }
    wire.commit(at);
  }

  void settingsAck() {
    begin(0, FrameType.SETTINGS, Flags.ACK, 0);
    wire.commit(at);
  }

  /** Sends a PING of this server's own. */
  void ping(long payload) {
    begin(Long.BYTES, FrameType.PING, Flags.NONE, 0);
    put32((int) (payload >>> 32));
    put32((int) payload);
    wire.commit(at);
  }

  /** Answers a PING with its eight bytes (§6.7). */
  void pingAck(byte[] payload, int from) {
    begin(Long.BYTES, FrameType.PING, Flags.ACK, 0);
    System.arraycopy(payload, from, array, at, Long.BYTES);
    wire.commit(at + Long.BYTES);
  }

  /**
   * Sends GOAWAY (§6.8).
   *
   * @param lastStreamId the highest stream that was or may be processed
   * @param reason for people that debug the client, in ASCII
   */
  @SuppressWarnings("deprecation") // String.getBytes(int, int, byte[], int): the one without a copy
  void goAway(int lastStreamId, ErrorCode code, String reason) {
    begin(8 + reason.length(), FrameType.GOAWAY, Flags.NONE, 0);
    put32(lastStreamId);
    put32(code.code());
    reason.getBytes(0, reason.length(), array, at);
    wire.commit(at + reason.length());
  }

  void resetStream(int streamId, ErrorCode code) {
    begin(Integer.BYTES, FrameType.RST_STREAM, Flags.NONE, streamId);
    put32(code.code());
    wire.commit(at);
  }

  /**
   * Sends WINDOW_UPDATE (§6.9).
   *
   * @param streamId 0 for the connection
   * @param bytes to add to the client's window, 1 or more
   */
  void windowUpdate(int streamId, int bytes) {
    begin(Integer.BYTES, FrameType.WINDOW_UPDATE, Flags.NONE, streamId);
    put32(bytes);
    wire.commit(at);
  }

  /** Sends the header of a DATA frame; the given number of bytes must follow on the wire. */
  void dataHeader(int streamId, int bytes, boolean endStream) {
    array = wire.reserve(HEADER_BYTES);
    at = putHeader(array, wire.position(), bytes, FrameType.DATA, endFlag(endStream), streamId);
    wire.commit(at);
  }

  static int endFlag(boolean endStream) {
    return endStream ? Flags.END_STREAM : Flags.NONE;
  }

  /**
   * Writes a frame's header into an array.
   *
   * @return the index after it
   */
  static int putHeader(byte[] array, int from, int length, int type, int flags, int streamId) {
    array[from] = (byte) (length >>> 16);
    array[from + 1] = (byte) (length >>> 8);
    array[from + 2] = (byte) length;
    array[from + 3] = (byte) type;
    array[from + 4] = (byte) flags;
    array[from + 5] = (byte) (streamId >>> 24);
    array[from + 6] = (byte) (streamId >>> 16);
    array[from + 7] = (byte) (streamId >>> 8);
    array[from + 8] = (byte) streamId;
    return from + HEADER_BYTES;
  }

  private void begin(int length, int type, int flags, int streamId) {
    array = wire.reserve(HEADER_BYTES + length);
    at = putHeader(array, wire.position(), length, type, flags, streamId);
  }

  private void put(int value) {
    array[at++] = (byte) value;
  }

  private void put32(int value) {
    put(value >>> 24);
    put(value >>> 16);
    put(value >>> 8);
    put(value);
  }
}
