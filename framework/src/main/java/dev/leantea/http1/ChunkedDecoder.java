package dev.leantea.http1;

import dev.leantea.exchange.IncomingBody;
import dev.leantea.http.Limits;
import dev.leantea.http1.ProtocolException.Reason;

/**
 * Decodes the chunked coding (RFC 9112 §7.1), for bytes that arrive in pieces of any size:
 *
 * <pre>
 *   5 ; name = "value" CR LF  h e l l o  CR LF    0 CR LF   trailer: x CR LF  CR LF
 *   │ └ EXTENSION states └ SIZE_LF │     └ DATA_CR, DATA_LF └ TRAILERS
 *   └ SIZE_START, SIZE             └ DATA
 * </pre>
 *
 * <p>Extensions and trailers are validated and discarded: a handler never sees a field that a proxy
 * in front of the server may have read differently. One owner thread.
 */
final class ChunkedDecoder implements BodyDecoder {
  private enum State {
    SIZE_START,
    SIZE,
    SIZE_LF,
    /** White space after the size or after an extension: only {@code ;} may follow. */
    EXTENSION_SPACE,
    EXTENSION_NAME_START,
    EXTENSION_NAME,
    EXTENSION_NAME_SPACE,
    EXTENSION_VALUE_START,
    EXTENSION_TOKEN,
    EXTENSION_QUOTED,
    EXTENSION_ESCAPED,
    EXTENSION_QUOTED_END,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILERS,
    DONE
  }

  /** Maximum hexadecimal digits of a chunk size: values stay below 2^60 and cannot overflow. */
  private static final int MAX_SIZE_DIGITS = 15;

  /** Maximum of one body. CVE-2023-39326: unlimited extensions make a small body expensive. */
  private static final int MAX_EXTENSION_BYTES = 8 * 1024;

  private static final int NONE = -1;

  private final int[] lineEnds;
  private final HeadScanner trailers;
  private State state = State.SIZE_START;
  private long remaining;
  private int digits;
  private int extensionBytes;

  /** Bytes of the body in the receive buffer that were not offered yet: a hint for its capacity. */
  private int ahead;

  ChunkedDecoder(Limits limits, int[] lineEnds) {
    this.lineEnds = lineEnds;
    this.trailers = HeadScanner.ofTrailers(limits);
  }

  @Override
  public boolean decode(ReceiveBuffer in, IncomingBody body) throws ProtocolException {
    while (state != State.DONE && !in.isEmpty()) {
      if (!advance(in, body)) {
        return false;
      }
    }
    return state == State.DONE;
  }

  /** Makes one step; false when more bytes are needed, or the body has no room. */
  private boolean advance(ReceiveBuffer in, IncomingBody body) throws ProtocolException {
    return switch (state) {
      case DATA -> data(in, body);
      case TRAILERS -> trailers(in);
      case SIZE_START -> plainSizeLine(in) || step(in);
      case DATA_CR -> plainDataEnd(in) || step(in);
      default -> step(in);
    };
  }

  @Override
  public boolean needsMore() {
    return state == State.TRAILERS; // parsed only when complete
  }

  /** The slow path, one byte: for incomplete lines, extensions and errors. Always advances. */
  private boolean step(ReceiveBuffer in) throws ProtocolException {
    state = next(in.array()[in.from()]);
    in.consume(1);
    return true;
  }

  /** The fast path: a complete line with only a size; false if it is not, consuming nothing. */
  private boolean plainSizeLine(ReceiveBuffer in) {
    int from = in.from();
    int end = endOfPlainSizeLine(in.array(), from, in.to());
    if (end == NONE) {
      return false;
    }
    remaining = sizeIn(in.array(), from, end);
    in.consume(end - from);
    state = remaining == 0 ? State.TRAILERS : State.DATA;
    return true;
  }

  /** Index after its CRLF; {@link #NONE} if the line is incomplete or has more than a size. */
  private static int endOfPlainSizeLine(byte[] bytes, int from, int to) {
    int max = Math.min(to - 2, from + MAX_SIZE_DIGITS);
    int at = from;
    while (at < max && Bytes.isHex(bytes[at])) {
      at++;
    }
    return at > from && bytes[at] == '\r' && bytes[at + 1] == '\n' ? at + 2 : NONE;
  }

  private static long sizeIn(byte[] bytes, int from, int lineEnd) {
    long size = 0;
    for (int at = from; at < lineEnd - 2; at++) {
      size = size << 4 | Bytes.hexValue(bytes[at]);
    }
    return size;
  }

  /**
   * Number of the body's bytes in the buffer, up to the first chunk with an extension: the body
   * allocates one array of this size for all of them.
   */
  private int bytesAhead(ReceiveBuffer in) {
    byte[] bytes = in.array();
    int at = in.from();
    int to = in.to();
    long size = remaining;
    int total = 0;
    while (size > 0 && at < to) {
      int here = (int) Math.min(size, to - at);
      total += here;
      int line = at + here + 2;
      int end = line < to ? endOfPlainSizeLine(bytes, line, to) : NONE;
      size = end == NONE ? 0 : sizeIn(bytes, line, end);
      at = end;
    }
    return total;
  }

  /** The fast path: the CRLF after the data. */
  private boolean plainDataEnd(ReceiveBuffer in) {
    int at = in.from();
    if (in.size() < 2 || in.array()[at] != '\r' || in.array()[at + 1] != '\n') {
      return false;
    }
    in.consume(2);
    state = State.SIZE_START;
    return true;
  }

  private boolean data(ReceiveBuffer in, IncomingBody body) {
    int max = (int) Math.min(remaining, in.size());
    if (ahead == 0) {
      ahead = bytesAhead(in);
    }
    int bytes = body.offer(in.array(), in.from(), in.from() + max, ahead);
    if (bytes == 0) {
      return false;
    }
    ahead = Math.max(0, ahead - bytes);
    in.consume(bytes);
    remaining -= bytes;
    if (remaining == 0) {
      state = State.DATA_CR;
    }
    return true;
  }

  /** RFC 9112 §7.1.2: field lines, with the syntax and limits of a head's. */
  private boolean trailers(ReceiveBuffer in) throws ProtocolException {
    int start = in.from();
    int length = trailers.scan(in.array(), start, in.to(), lineEnds);
    if (length == HeadScanner.MORE) {
      return false;
    }
    for (int i = 0, from = 0; i < trailers.lines(); from = lineEnds[i++] + 2) {
      FieldLineParser.colon(in.array(), start + from, start + lineEnds[i]);
    }
    in.consume(length);
    state = State.DONE;
    return true;
  }

  /** The state after one byte of the size's line, or of the CRLF after the data. */
  private State next(byte b) throws ProtocolException {
    return switch (state) {
      case SIZE_START -> sizeStart(b);
      case SIZE -> Bytes.isHex(b) ? digit(b) : afterSize(b);
      case SIZE_LF -> endOfSize(b);
      case DATA_CR -> require(b, '\r', State.DATA_LF);
      case DATA_LF -> require(b, '\n', State.SIZE_START);
      default -> extension(b);
    };
  }

  private State sizeStart(byte b) throws ProtocolException {
    if (!Bytes.isHex(b)) {
      throw new ProtocolException(Reason.CHUNK);
    }
    remaining = 0;
    digits = 0;
    return digit(b);
  }

  private State digit(byte b) throws ProtocolException {
    if (++digits > MAX_SIZE_DIGITS) {
      throw new ProtocolException(Reason.CHUNK);
    }
    remaining = remaining << 4 | Bytes.hexValue(b);
    return State.SIZE;
  }

  private State endOfSize(byte b) throws ProtocolException {
    return require(b, '\n', remaining == 0 ? State.TRAILERS : State.DATA);
  }

  /** What may follow a size or a whole extension: {@code ;}, white space before it, or CRLF. */
  private State afterSize(byte b) throws ProtocolException {
    return switch (b) {
      case ';' -> State.EXTENSION_NAME_START;
      case ' ', '\t' -> State.EXTENSION_SPACE;
      case '\r' -> State.SIZE_LF;
      default -> throw new ProtocolException(Reason.CHUNK);
    };
  }

  /** RFC 9112 §7.1.1: {@code *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )}. */
  private State extension(byte b) throws ProtocolException {
    if (++extensionBytes > MAX_EXTENSION_BYTES) {
      throw new ProtocolException(Reason.CHUNK_EXTENSIONS);
    }
    boolean space = Bytes.isSpace(b);
    boolean token = Bytes.isToken(b);
    return switch (state) {
      case EXTENSION_SPACE -> space ? state : require(b, ';', State.EXTENSION_NAME_START);
      case EXTENSION_NAME_START -> space ? state : requireToken(token, State.EXTENSION_NAME);
      case EXTENSION_NAME -> token ? state : afterName(b);
      case EXTENSION_NAME_SPACE -> space ? state : afterNameSpace(b);
      case EXTENSION_VALUE_START -> space ? state : valueStart(b, token);
      case EXTENSION_TOKEN -> token ? state : afterSize(b);
      case EXTENSION_QUOTED -> quoted(b);
      case EXTENSION_ESCAPED -> requireText(b, State.EXTENSION_QUOTED);
      case EXTENSION_QUOTED_END -> afterSize(b);
      default -> throw new IllegalStateException("chunk: no extension in state " + state);
    };
  }

  private State afterName(byte b) throws ProtocolException {
    return switch (b) {
      case '=' -> State.EXTENSION_VALUE_START;
      case ' ', '\t' -> State.EXTENSION_NAME_SPACE;
      default -> afterSize(b);
    };
  }

  private static State afterNameSpace(byte b) throws ProtocolException {
    return b == '=' ? State.EXTENSION_VALUE_START : require(b, ';', State.EXTENSION_NAME_START);
  }

  private static State valueStart(byte b, boolean token) throws ProtocolException {
    return b == '"' ? State.EXTENSION_QUOTED : requireToken(token, State.EXTENSION_TOKEN);
  }

  private static State quoted(byte b) throws ProtocolException {
    return switch (b) {
      case '"' -> State.EXTENSION_QUOTED_END;
      case '\\' -> State.EXTENSION_ESCAPED;
      default -> requireText(b, State.EXTENSION_QUOTED);
    };
  }

  /** CVE-2026-33870: some parsers end the line at a line break within quotes. */
  private static State requireText(byte b, State then) throws ProtocolException {
    boolean text = b < 0 || (b >= ' ' && b != 0x7F) || b == '\t';
    return requireToken(text, then);
  }

  private static State requireToken(boolean allowed, State then) throws ProtocolException {
    if (!allowed) {
      throw new ProtocolException(Reason.CHUNK);
    }
    return then;
  }

  private static State require(byte b, char expected, State then) throws ProtocolException {
    return requireToken(b == expected, then);
  }
}
