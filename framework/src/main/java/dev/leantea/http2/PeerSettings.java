package dev.leantea.http2;

/**
 * What the client has announced in its SETTINGS (RFC 9113 §6.5.2), as far as it concerns this
 * server. One owner thread.
 */
final class PeerSettings {
  static final int HEADER_TABLE_SIZE = 0x1;
  static final int ENABLE_PUSH = 0x2;
  static final int MAX_CONCURRENT_STREAMS = 0x3;
  static final int INITIAL_WINDOW_SIZE = 0x4;
  static final int MAX_FRAME_SIZE = 0x5;
  static final int MAX_HEADER_LIST_SIZE = 0x6;

  /** RFC 8441 §3. */
  static final int ENABLE_CONNECT_PROTOCOL = 0x8;

  /** RFC 9218 §2.1. */
  static final int NO_RFC7540_PRIORITIES = 0x9;

  /** Size of one setting in the payload. */
  static final int SETTING_BYTES = 6;

  static final int DEFAULT_WINDOW_BYTES = 65_535;

  private static final int MIN_FRAME_BYTES = 16 * 1024;
  private static final int MAX_FRAME_BYTES = (1 << 24) - 1;

  private int initialWindow = DEFAULT_WINDOW_BYTES;
  private int maxFrame = MIN_FRAME_BYTES;
  private long headerTable = 4096;

  /** The window with which each stream begins, in bytes. */
  int initialWindow() {
    return initialWindow;
  }

  /** Maximum payload of a frame that the client accepts, in bytes. */
  int maxFrame() {
    return maxFrame;
  }

  /** Maximum size of the dynamic table that the client's decoder keeps, in bytes. */
  long headerTable() {
    return headerTable;
  }

  /**
   * Applies all settings of a frame in their order (§6.5.3); unknown ones are ignored.
   *
   * @throws Http2Exception of the connection for a value out of its range
   */
  void apply(byte[] bytes, int from, int to) throws Http2Exception {
    for (int at = from; at < to; at += SETTING_BYTES) {
      apply(FrameReader.u16(bytes, at), FrameReader.u32(bytes, at + 2) & 0xFFFF_FFFFL);
    }
  }

  private void apply(int setting, long value) throws Http2Exception {
    switch (setting) {
      case HEADER_TABLE_SIZE -> headerTable = value;
      case ENABLE_PUSH -> requireFlag("ENABLE_PUSH", value);
      case INITIAL_WINDOW_SIZE -> {
        require(
            value <= Integer.MAX_VALUE,
            ErrorCode.FLOW_CONTROL_ERROR,
            "INITIAL_WINDOW_SIZE: expected at most 2^31-1",
            value);
        initialWindow = (int) value;
      }
      case MAX_FRAME_SIZE -> {
        require(
            value >= MIN_FRAME_BYTES && value <= MAX_FRAME_BYTES,
            ErrorCode.PROTOCOL_ERROR,
            "MAX_FRAME_SIZE: expected 16384 to 16777215",
            value);
        maxFrame = (int) value;
      }
      case ENABLE_CONNECT_PROTOCOL -> requireFlag("ENABLE_CONNECT_PROTOCOL", value); // RFC 8441 §3
      case NO_RFC7540_PRIORITIES -> requireFlag("NO_RFC7540_PRIORITIES", value); // RFC 9218 §2.1
      default -> {} // §6.5.2: what is unknown, or of no use to a server, is ignored
    }
  }

  private static void requireFlag(String setting, long value) throws Http2Exception {
    require(value <= 1, ErrorCode.PROTOCOL_ERROR, setting + ": expected 0 or 1", value);
  }

  private static void require(boolean holds, ErrorCode code, String expected, long value)
      throws Http2Exception {
    if (!holds) {
      throw new Http2Exception.OfConnection(code, "SETTINGS_" + expected + ", got " + value);
    }
  }
}
