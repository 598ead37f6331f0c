package dev.leantea.http1;

import dev.leantea.exchange.IncomingBody;
import dev.leantea.http.Limits;
import dev.leantea.http1.ProtocolException.Reason;

/**
 * Takes chunks apart (RFC 9112 §7.1), however the octets are cut:
 *
 * <pre>
 *   5 ; name = "value" CR LF  h e l l o  CR LF    0 CR LF   trailer: x CR LF  CR LF
 *   │ └ EXTENSION states └ SIZE_LF │     └ DATA_CR, DATA_LF └ TRAILERS
 *   └ SIZE_START, SIZE             └ DATA
 * </pre>
 *
 * <p>Extensions are checked and dropped, and so are trailers: no handler ever sees a field that a
 * proxy before us may have read differently. One owner thread.
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

  /** 15 digits stay below 2^60: no overflow, and no chunk that anybody sends. */
  private static final int MOST_SIZE_DIGITS = 15;

  /** Of one body. CVE-2023-39326: extensions without end make a small body cost much. */
  private static final int MOST_EXTENSION_OCTETS = 8 * 1024;

  private static final int NONE = -1;

  private final int[] lineEnds;
  private final HeadScanner trailers;
  private State state = State.SIZE_START;
  private long remaining;
  private int digits;
  private int extensionOctets;

  /** Octets of the body that this receive brought and that were not yet offered: a hint. */
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

  /** One step of the state; false when it needs more than the buffer has, or the body is full. */
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
    return state == State.TRAILERS; // which are read when all have come
  }

  /** The slow path, for what is cut, has extensions, or is wrong: one byte. Always advances. */
  private boolean step(ReceiveBuffer in) throws ProtocolException {
    state = next(in.array()[in.from()]);
    in.consume(1);
    return true;
  }

  /** The fast path of a whole line with a size and nothing else; false leaves all where it is. */
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

  /** Behind its CRLF; {@link #NONE} when the line is cut or has more than a size. */
  private static int endOfPlainSizeLine(byte[] bytes, int from, int to) {
    int most = Math.min(to - 2, from + MOST_SIZE_DIGITS);
    int at = from;
    while (at < most && Bytes.isHex(bytes[at])) {
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
   * The body's octets in the buffer, as far as their chunks are plain: so one array of the right
   * size takes them all, and is the body as it is.
   */
  private int octetsAhead(ReceiveBuffer in) {
    byte[] bytes = in.array();
    int at = in.from();
    int to = in.to();
    long size = remaining;
    int octets = 0;
    while (size > 0 && at < to) {
      int here = (int) Math.min(size, to - at);
      octets += here;
      int line = at + here + 2;
      int end = line < to ? endOfPlainSizeLine(bytes, line, to) : NONE;
      size = end == NONE ? 0 : sizeIn(bytes, line, end);
      at = end;
    }
    return octets;
  }

  /** The fast path of the CRLF behind the data. */
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
    int most = (int) Math.min(remaining, in.size());
    if (ahead == 0) {
      ahead = octetsAhead(in);
    }
    int octets = body.offer(in.array(), in.from(), in.from() + most, ahead);
    if (octets == 0) {
      return false;
    }
    ahead = Math.max(0, ahead - octets);
    in.consume(octets);
    remaining -= octets;
    if (remaining == 0) {
      state = State.DATA_CR;
    }
    return true;
  }

  /** RFC 9112 §7.1.2: field lines; syntax and limits are those of a head. */
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

  /** The state after one octet of the line with the size, or of the CRLF behind the data. */
  private State next(byte octet) throws ProtocolException {
    return switch (state) {
      case SIZE_START -> sizeStart(octet);
      case SIZE -> Bytes.isHex(octet) ? digit(octet) : afterSize(octet);
      case SIZE_LF -> endOfSize(octet);
      case DATA_CR -> require(octet, '\r', State.DATA_LF);
      case DATA_LF -> require(octet, '\n', State.SIZE_START);
      default -> extension(octet);
    };
  }

  private State sizeStart(byte octet) throws ProtocolException {
    if (!Bytes.isHex(octet)) {
      throw new ProtocolException(Reason.CHUNK);
    }
    remaining = 0;
    digits = 0;
    return digit(octet);
  }

  private State digit(byte octet) throws ProtocolException {
    if (++digits > MOST_SIZE_DIGITS) {
      throw new ProtocolException(Reason.CHUNK);
    }
    remaining = remaining << 4 | Bytes.hexValue(octet);
    return State.SIZE;
  }

  private State endOfSize(byte octet) throws ProtocolException {
    return require(octet, '\n', remaining == 0 ? State.TRAILERS : State.DATA);
  }

  /** What may follow a size or a whole extension: {@code ;}, white space before it, or CRLF. */
  private State afterSize(byte octet) throws ProtocolException {
    return switch (octet) {
      case ';' -> State.EXTENSION_NAME_START;
      case ' ', '\t' -> State.EXTENSION_SPACE;
      case '\r' -> State.SIZE_LF;
      default -> throw new ProtocolException(Reason.CHUNK);
    };
  }

  /** RFC 9112 §7.1.1: {@code *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )}. */
  private State extension(byte octet) throws ProtocolException {
    if (++extensionOctets > MOST_EXTENSION_OCTETS) {
      throw new ProtocolException(Reason.CHUNK_EXTENSIONS);
    }
    boolean space = Bytes.isSpace(octet);
    boolean token = Bytes.isToken(octet);
    return switch (state) {
      case EXTENSION_SPACE -> space ? state : require(octet, ';', State.EXTENSION_NAME_START);
      case EXTENSION_NAME_START -> space ? state : requireToken(token, State.EXTENSION_NAME);
      case EXTENSION_NAME -> token ? state : afterName(octet);
      case EXTENSION_NAME_SPACE -> space ? state : afterNameSpace(octet);
      case EXTENSION_VALUE_START -> space ? state : valueStart(octet, token);
      case EXTENSION_TOKEN -> token ? state : afterSize(octet);
      case EXTENSION_QUOTED -> quoted(octet);
      case EXTENSION_ESCAPED -> requireText(octet, State.EXTENSION_QUOTED);
      case EXTENSION_QUOTED_END -> afterSize(octet);
      default -> throw new IllegalStateException("chunk: no extension in state " + state);
    };
  }

  private State afterName(byte octet) throws ProtocolException {
    return switch (octet) {
      case '=' -> State.EXTENSION_VALUE_START;
      case ' ', '\t' -> State.EXTENSION_NAME_SPACE;
      default -> afterSize(octet);
    };
  }

  private static State afterNameSpace(byte octet) throws ProtocolException {
    return octet == '='
        ? State.EXTENSION_VALUE_START
        : require(octet, ';', State.EXTENSION_NAME_START);
  }

  private static State valueStart(byte octet, boolean token) throws ProtocolException {
    return octet == '"' ? State.EXTENSION_QUOTED : requireToken(token, State.EXTENSION_TOKEN);
  }

  private static State quoted(byte octet) throws ProtocolException {
    return switch (octet) {
      case '"' -> State.EXTENSION_QUOTED_END;
      case '\\' -> State.EXTENSION_ESCAPED;
      default -> requireText(octet, State.EXTENSION_QUOTED);
    };
  }

  /** CVE-2026-33870: a line break inside quotes ends the line for some readers. */
  private static State requireText(byte octet, State then) throws ProtocolException {
    boolean text = octet < 0 || (octet >= ' ' && octet != 0x7F) || octet == '\t';
    return requireToken(text, then);
  }

  private static State requireToken(boolean allowed, State then) throws ProtocolException {
    if (!allowed) {
      throw new ProtocolException(Reason.CHUNK);
    }
    return then;
  }

  private static State require(byte octet, char expected, State then) throws ProtocolException {
    return requireToken(octet == expected, then);
  }
}
