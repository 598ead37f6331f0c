package dev.leantea.http1;

import dev.leantea.http.Limits;
import dev.leantea.http1.ProtocolException.Reason;

/**
 * Finds the end of a head, or of a trailer section, and its lines, for bytes that arrive in pieces
 * of any size:
 *
 * <pre>
 *  GET / HTTP/1.1 CR LF  Host: a CR LF  CR LF
 *  0              14     16      23     25   27
 *                 └ lineEnds[0]  └ lineEnds[1]  └ the length that scan returns
 * </pre>
 *
 * <p>Refuses bare CR and LF and control characters, and enforces the size limits, in the order of
 * the bytes: so the result does not depend on how they were split. Each byte is scanned once; a
 * head that arrived in pieces is scanned again at its end, to record the lines. One owner thread.
 */
final class HeadScanner {
  /** The head is not complete. */
  static final int MORE = -1;

  private final Limits limits;
  private final boolean hasStartLine;

  /** Number of bytes scanned, from the head's start. */
  private int scanned;

  private int lineStart;
  private int lines;
  private int fieldsStart;

  private HeadScanner(Limits limits, boolean hasStartLine) {
    this.limits = limits;
    this.hasStartLine = hasStartLine;
  }

  /** For a request's head: a request line, field lines, an empty line. */
  static HeadScanner ofHead(Limits limits) {
    return new HeadScanner(limits, true);
  }

  /** For a chunked body's trailer section: field lines, an empty line. */
  static HeadScanner ofTrailers(Limits limits) {
    return new HeadScanner(limits, false);
  }

  /** The number of lines in a complete head, without the empty one. */
  int lines() {
    return lines;
  }

  void reset() {
    scanned = 0;
    lineStart = 0;
    lines = 0;
    fieldsStart = 0;
  }

  /**
   * Scans the bytes that arrived since the last call.
   *
   * @param start index of the head; its bytes may have moved, but not changed
   * @param lineEnds receives the offsets of the lines' ends from {@code start}, valid only if a
   *     length is returned; has at least {@code limits.fieldCount + 1} elements
   * @return the length of the head with its empty line, or {@link #MORE}
   * @throws ProtocolException 400, 414 or 431
   */
  int scan(byte[] bytes, int start, int end, int[] lineEnds) throws ProtocolException {
    boolean resumed = scanned > 0;
    int length = scanOn(bytes, start, end, lineEnds);
    if (length != MORE && resumed) {
      reset();
      return scanOn(bytes, start, end, lineEnds);
    }
    return length;
  }

  private int scanOn(byte[] bytes, int start, int end, int[] lineEnds) throws ProtocolException {
    int at = start + scanned;
    while (true) {
      int limit = start + limit();
      int stop = Math.min(end, limit);
      at = Bytes.indexOfControl(bytes, at, stop);
      if (at >= limit || (at == limit - 1 && end > at && bytes[at] == '\r')) {
        throw tooLarge();
      }
      if (at == stop || (bytes[at] == '\r' && at + 1 == end)) {
        scanned = at - start;
        return MORE;
      }
      if (bytes[at] == '\t') {
        at++;
      } else {
        requireLineEnd(bytes, at);
        at += 2;
        if (at - start - 2 == lineStart) {
          return at - start;
        }
        endLine(at - start - 2, lineEnds);
      }
    }
  }

  private void endLine(int lineEnd, int[] lineEnds) throws ProtocolException {
    if (lines - (hasStartLine ? 1 : 0) == limits.fieldCount()) {
      throw new ProtocolException(Reason.FIELDS_TOO_LARGE);
    }
    lineEnds[lines++] = lineEnd;
    lineStart = lineEnd + 2;
    if (lines == 1 && hasStartLine) {
      fieldsStart = lineStart;
    }
  }

  /** The offset at which the current section becomes too large. */
  private int limit() {
    return inStartLine()
        ? limits.requestLine()
        : fieldsStart + limits.fieldSection() + 2; // the empty line is not counted
  }

  private boolean inStartLine() {
    return hasStartLine && lines == 0;
  }

  private ProtocolException tooLarge() {
    return new ProtocolException(
        inStartLine() ? Reason.REQUEST_LINE_TOO_LONG : Reason.FIELDS_TOO_LARGE);
  }

  private static void requireLineEnd(byte[] bytes, int at) throws ProtocolException {
    if (bytes[at] == '\n' || (bytes[at] == '\r' && bytes[at + 1] != '\n')) {
      // RFC 9112 §2.2 permits accepting a bare LF. Request smuggling exploits differences between
      // parsers about line ends, so only CRLF is accepted.
      throw new ProtocolException(Reason.BARE_LINE_BREAK);
    }
    if (bytes[at] != '\r') {
      throw new ProtocolException(Reason.CONTROL_CHARACTER);
    }
  }
}
