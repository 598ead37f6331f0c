package dev.leantea.http1;

import dev.leantea.http.Limits;
import dev.leantea.http1.ProtocolException.Reason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parses heads from a receive buffer.
 *
 * <ol>
 *   <li>A few empty lines before the request line are skipped (RFC 9112 §2.2).
 *   <li>{@link HeadScanner} finds the end; until then nothing is consumed.
 *   <li>The head is copied once and parsed: {@link RequestLineParser}, {@link FieldLineParser}.
 * </ol>
 *
 * <p>The result does not depend on how the bytes were split. One owner thread.
 */
final class RequestParser {
  /** Maximum empty lines before a request line: some clients send one after a body. */
  private static final int MAX_EMPTY_LINES = 4;

  private final HeadScanner scanner;
  private int emptyLines;

  RequestParser(Limits limits) {
    this.scanner = HeadScanner.ofHead(limits);
  }

  /**
   * Returns the next head and consumes it from the buffer; null if it is incomplete.
   *
   * @param lineEnds memory for the scanner's offsets; may be shared by the connections of a thread
   * @throws ProtocolException when the bytes are not a request; parsing cannot continue
   */
  @Nullable RequestHead parse(ReceiveBuffer in, int[] lineEnds) throws ProtocolException {
    skipEmptyLines(in);
    int length = scanner.scan(in.array(), in.from(), in.to(), lineEnds);
    if (length == HeadScanner.MORE) {
      return null;
    }
    byte[] bytes = Arrays.copyOfRange(in.array(), in.from(), in.from() + length);
    RequestHead head = new RequestHead(bytes, scanner.lines() - 1);
    in.consume(length);
    scanner.reset();
    emptyLines = 0;
    parseLines(head, lineEnds);
    return head;
  }

  private void skipEmptyLines(ReceiveBuffer in) throws ProtocolException {
    while (in.size() >= 2 && in.array()[in.from()] == '\r' && in.array()[in.from() + 1] == '\n') {
      if (++emptyLines > MAX_EMPTY_LINES) {
        throw new ProtocolException(Reason.REQUEST_LINE);
      }
      in.consume(2);
      scanner.reset();
    }
  }

  private static void parseLines(RequestHead head, int[] lineEnds) throws ProtocolException {
    RequestLineParser.parse(head, lineEnds[0]);
    for (int i = 0; i < head.size(); i++) {
      FieldLineParser.parse(head, i, lineEnds[i] + 2, lineEnds[i + 1]);
      noteKnown(head, i);
    }
  }

  /**
   * Records the lines that framing and persistence depend on, found by the lengths of their names.
   */
  private static void noteKnown(RequestHead head, int i) {
    switch (head.nameTo(i) - head.nameFrom(i)) {
      case 4 -> noteHost(head, i);
      case 6 -> noteExpect(head, i);
      case 10 -> noteConnection(head, i);
      case 14 -> noteContentLength(head, i);
      case 17 -> noteTransferEncoding(head, i);
      default -> {}
    }
  }

  private static void noteHost(RequestHead head, int i) {
    if (isNamed(head, i, "host")) {
      head.hosts++;
      head.hostLine = i;
    }
  }

  private static void noteExpect(RequestHead head, int i) {
    if (isNamed(head, i, "expect")) {
      head.expectLine = i;
    }
  }

  private static void noteContentLength(RequestHead head, int i) {
    if (isNamed(head, i, "content-length")) {
      head.contentLengths++;
      head.contentLengthLine = i;
    }
  }

  private static void noteTransferEncoding(RequestHead head, int i) {
    if (isNamed(head, i, "transfer-encoding")) {
      head.transferEncodings++;
      head.transferEncodingLine = i;
    }
  }

  /** RFC 9110 §7.6.1: a list of options, in any case, over any number of lines. */
  private static void noteConnection(RequestHead head, int i) {
    if (!isNamed(head, i, "connection")) {
      return;
    }
    int end = head.valueTo(i);
    for (int from = head.valueFrom(i); from < end; ) {
      int to = endOfOption(head.bytes, from, end);
      head.saysClose |= Bytes.equalsIgnoreCase(head.bytes, from, to, "close");
      head.saysKeepAlive |= Bytes.equalsIgnoreCase(head.bytes, from, to, "keep-alive");
      from = to;
      while (from < end && isSeparator(head.bytes[from])) {
        from++;
      }
    }
  }

  private static int endOfOption(byte[] bytes, int from, int end) {
    int to = from;
    while (to < end && !isSeparator(bytes[to])) {
      to++;
    }
    return to;
  }

  private static boolean isSeparator(byte b) {
    return b == ',' || Bytes.isSpace(b);
  }

  private static boolean isNamed(RequestHead head, int i, String lower) {
    return Bytes.equalsIgnoreCase(head.bytes, head.nameFrom(i), head.nameTo(i), lower);
  }
}
