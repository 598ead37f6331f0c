package dev.leantea.http2;

/** Checks that several types of frames have in common (RFC 9113 §6). */
final class FrameRules {
  private FrameRules() {}

  /** Where the content begins: behind the length of the padding, if there is any. */
  static int contentFrom(int flags, int from, int to) throws Http2Exception {
    if (!Flags.has(flags, Flags.PADDED)) {
      return from;
    }
    if (from == to) {
      throw frameSize("expected the length of the padding in a padded frame");
    }
    return from + 1;
  }

  static int contentTo(int flags, byte[] bytes, int from, int to) throws Http2Exception {
    if (!Flags.has(flags, Flags.PADDED)) {
      return to;
    }
    int end = to - (bytes[from] & 0xFF);
    if (end <= from) {
      throw protocolError("expected padding that is shorter than the frame"); // §6.1
    }
    return end;
  }

  static void requireConnection(int id, String type) throws Http2Exception {
    if (id != 0) {
      throw protocolError(type + ": expected stream 0");
    }
  }

  static void requireLength(int type, int length, int expected) throws Http2Exception {
    if (length != expected) {
      throw frameSize("frame of type " + type + ": expected " + expected + " bytes, got " + length);
    }
  }

  static Http2Exception protocolError(String reason) {
    return new Http2Exception.OfConnection(ErrorCode.PROTOCOL_ERROR, reason);
  }

  static Http2Exception frameSize(String reason) {
    return new Http2Exception.OfConnection(ErrorCode.FRAME_SIZE_ERROR, reason);
  }
}
