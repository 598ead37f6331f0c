package dev.leantea.http2;

/** Flags of frames (RFC 9113 §6). Those that a type does not define are ignored (§4.1). */
final class Flags {
  static final int NONE = 0;
  static final int ACK = 0x1;
  static final int END_STREAM = 0x1;
  static final int END_HEADERS = 0x4;
  static final int PADDED = 0x8;
  static final int PRIORITY = 0x20;

  private Flags() {}

  static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }
}
