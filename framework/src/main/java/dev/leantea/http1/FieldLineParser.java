package dev.leantea.http1;

import dev.leantea.http1.ProtocolException.Reason;

/**
 * Parses a field line (RFC 9112 §5): {@code field-name ":" OWS field-value OWS}. {@link
 * HeadScanner} has already refused control characters.
 */
final class FieldLineParser {
  private FieldLineParser() {}

  /** Parses the line {@code [from, to)} as the head's line {@code i}. */
  static void parse(RequestHead head, int i, int from, int to) throws ProtocolException {
    byte[] bytes = head.bytes;
    int colon = colon(bytes, from, to);
    int valueFrom = colon + 1;
    while (valueFrom < to && Bytes.isSpace(bytes[valueFrom])) {
      valueFrom++;
    }
    int valueTo = to;
    while (valueTo > valueFrom && Bytes.isSpace(bytes[valueTo - 1])) {
      valueTo--;
    }
    head.line(i, from, colon, valueFrom, valueTo);
  }

  /**
   * The index of the colon that ends the name of a well-formed line.
   *
   * @throws ProtocolException for line folding, an empty name, a name that is not a token, a
   *     missing colon
   */
  static int colon(byte[] bytes, int from, int to) throws ProtocolException {
    if (Bytes.isSpace(bytes[from])) {
      throw new ProtocolException(Reason.LINE_FOLDING); // RFC 9112 §5.2
    }
    int at = from;
    while (at < to && Bytes.isToken(bytes[at])) {
      at++;
    }
    if (at == from || at == to || bytes[at] != ':') {
      throw new ProtocolException(Reason.FIELD_LINE); // RFC 9112 §5.1: no space before the colon
    }
    return at;
  }
}
