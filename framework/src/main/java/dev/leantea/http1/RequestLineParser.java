package dev.leantea.http1;

import dev.leantea.http.HttpVersion;
import dev.leantea.http.Method;
import dev.leantea.http1.ProtocolException.Reason;
import java.util.List;

/**
 * Parses the request line (RFC 9112 §3), in this order, so that a line with several errors always
 * gets the same response:
 *
 * <pre>
 *  method SP target SP HTTP-version
 *  400       400       400, 505      and last, for a method that is too long, 501
 * </pre>
 *
 * <p>Other methods than the standard ones are left to the application: a router answers 501 to a
 * method that none of its routes has.
 */
final class RequestLineParser {
  /** {@code HTTP/1.1}. */
  private static final int VERSION_BYTES = 8;

  /** Methods that are recognized without creating a string. */
  private static final List<Method> STANDARD = Method.standard();

  private RequestLineParser() {}

  /** Parses the line {@code [0, end)} of the head's bytes into the head. */
  static void parse(RequestHead head, int end) throws ProtocolException {
    byte[] bytes = head.bytes;
    int methodEnd = endOfToken(bytes, end);
    int targetEnd = endOfTarget(bytes, methodEnd + 1, end);
    head.targetFrom = methodEnd + 1;
    head.targetTo = targetEnd;
    head.version = version(bytes, targetEnd + 1, end);
    head.method = method(bytes, methodEnd);
  }

  private static int endOfToken(byte[] bytes, int end) throws ProtocolException {
    int at = 0;
    while (at < end && Bytes.isToken(bytes[at])) {
      at++;
    }
    requireSpace(bytes, at, 0, end, Reason.REQUEST_LINE);
    return at;
  }

  private static int endOfTarget(byte[] bytes, int from, int end) throws ProtocolException {
    int at = from;
    while (at < end && Bytes.isTarget(bytes[at])) {
      at++;
    }
    // An invalid character is an error of the target, a missing part one of the line.
    boolean stray = at < end && bytes[at] != ' ' && bytes[at] != '\t';
    requireSpace(bytes, at, from, end, stray ? Reason.TARGET : Reason.REQUEST_LINE);
    return at;
  }

  private static void requireSpace(byte[] bytes, int at, int from, int end, Reason reason)
      throws ProtocolException {
    if (at == from || at == end || bytes[at] != ' ') {
      throw new ProtocolException(reason);
    }
  }

  private static HttpVersion version(byte[] bytes, int from, int end) throws ProtocolException {
    boolean wellFormed =
        end - from == VERSION_BYTES
            && bytes[from] == 'H'
            && bytes[from + 1] == 'T'
            && bytes[from + 2] == 'T'
            && bytes[from + 3] == 'P'
            && bytes[from + 4] == '/'
            && Bytes.isDigit(bytes[from + 5])
            && bytes[from + 6] == '.'
            && Bytes.isDigit(bytes[from + 7]);
    if (!wellFormed) {
      throw new ProtocolException(Reason.VERSION); // RFC 9112 §2.3: one digit, a dot, one digit
    }
    if (bytes[from + 5] == '1' && bytes[from + 7] <= '1') {
      return bytes[from + 7] == '1' ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_1_0;
    }
    throw new ProtocolException(Reason.VERSION_UNSUPPORTED);
  }

  private static Method method(byte[] bytes, int end) throws ProtocolException {
    if (end == 3 && bytes[0] == 'G' && bytes[1] == 'E' && bytes[2] == 'T') {
      return Method.GET;
    }
    for (int i = 0; i < STANDARD.size(); i++) {
      if (isMethod(bytes, end, STANDARD.get(i).name())) {
        return STANDARD.get(i);
      }
    }
    if (end > Method.MAX_LENGTH) {
      throw new ProtocolException(Reason.METHOD_UNKNOWN); // RFC 9110 §15.6.2
    }
    return Method.of(Bytes.latin1(bytes, 0, end));
  }

  private static boolean isMethod(byte[] bytes, int end, String name) {
    if (end != name.length()) {
      return false;
    }
    for (int i = 0; i < end; i++) {
      if (bytes[i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
