package dev.leantea.http1;

import dev.leantea.http.Status;

/** Status lines, encoded once (RFC 9112 §4). */
final class StatusLines {
  private static final int FIRST = 100;
  private static final byte[][] LINES = new byte[600 - FIRST][];

  static {
    for (int i = 0; i < LINES.length; i++) {
      int status = FIRST + i;
      LINES[i] = Bytes.latin1("HTTP/1.1 " + status + " " + Status.reason(status) + "\r\n");
    }
  }

  private StatusLines() {}

  /** The line of a status from 100 to 599, with its CRLF. */
  static byte[] of(int status) {
    return LINES[status - FIRST];
  }
}
