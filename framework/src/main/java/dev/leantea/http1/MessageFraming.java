package dev.leantea.http1;

import dev.leantea.exchange.Exchange;
import dev.leantea.http.Authority;
import dev.leantea.http.HttpVersion;
import dev.leantea.http1.ProtocolException.Reason;
import java.util.Arrays;
import java.util.List;

/** How a request's body is delimited. */
sealed interface MessageFraming {
  /** There is no body. */
  record None() implements MessageFraming {}

  /** A body of known length, in bytes. */
  record Fixed(long length) implements MessageFraming {}

  /** A chunked body. */
  record Chunked() implements MessageFraming {}

  /**
   * The body's length in bytes for an exchange, or {@link Exchange#UNKNOWN_LENGTH} or {@link
   * Exchange#NO_BODY}.
   */
  static long bodyLength(MessageFraming framing) {
    return switch (framing) {
      case None() -> Exchange.NO_BODY;
      case Fixed(long length) -> length;
      case Chunked() -> Exchange.UNKNOWN_LENGTH;
    };
  }

  MessageFraming NONE = new None();
  MessageFraming CHUNKED = new Chunked();

  /**
   * Decides where the message ends, and is the only place that does. Everything that two parsers
   * might understand differently is refused, to prevent request smuggling.
   *
   * @throws ProtocolException 400, 417 or 501
   */
  static MessageFraming of(RequestHead head) throws ProtocolException {
    requireHost(head);
    noteExpectation(head);
    if (head.transferEncodings > 0) {
      // RFC 9112 §6.1: Transfer-Encoding and Content-Length together are an attack or an error.
      if (head.contentLengths > 0 || head.version == HttpVersion.HTTP_1_0) {
        throw new ProtocolException(Reason.TRANSFER_ENCODING);
      }
      requireChunked(head);
      return CHUNKED;
    }
    if (head.contentLengths > 1) {
      // RFC 9112 §6.3: refused even if all are equal.
      throw new ProtocolException(Reason.CONTENT_LENGTH);
    }
    if (head.contentLengths == 1) {
      long length = contentLength(head);
      return length == 0 ? NONE : new Fixed(length);
    }
    return NONE; // RFC 9112 §6.3: a request without either has no body
  }

  /** RFC 9112 §3.2: exactly one in HTTP/1.1, at most one in HTTP/1.0, and a valid one. */
  private static void requireHost(RequestHead head) throws ProtocolException {
    if (head.hosts > 1 || (head.hosts == 0 && head.version == HttpVersion.HTTP_1_1)) {
      throw new ProtocolException(Reason.HOST);
    }
    if (head.hosts == 1 && !head.hostIsKnown && !Authority.isValid(head.value(head.hostLine))) {
      throw new ProtocolException(Reason.HOST);
    }
  }

  /** RFC 9110 §10.1.1: 100-continue is the only one; one from an HTTP/1.0 client is ignored. */
  private static void noteExpectation(RequestHead head) throws ProtocolException {
    if (head.expectLine == RequestHead.NONE || head.version == HttpVersion.HTTP_1_0) {
      return;
    }
    for (String expectation : head.all("Expect")) {
      if (!expectation.equalsIgnoreCase("100-continue")) {
        throw new ProtocolException(Reason.EXPECTATION);
      }
    }
    head.expectsContinue = true;
  }

  /** RFC 9112 §6.1, §6.3: chunked must be the last coding, and only once; no other is supported. */
  private static void requireChunked(RequestHead head) throws ProtocolException {
    String value = String.join(",", head.all("Transfer-Encoding"));
    if (value.equalsIgnoreCase("chunked")) {
      return;
    }
    List<String> codings = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
    boolean lastIsChunked = codings.getLast().equalsIgnoreCase("chunked");
    long chunked = codings.stream().filter(coding -> coding.equalsIgnoreCase("chunked")).count();
    if (codings.stream().anyMatch(String::isEmpty)
        || chunked > 1
        || (chunked == 1 && !lastIsChunked)) {
      throw new ProtocolException(Reason.TRANSFER_ENCODING);
    }
    throw new ProtocolException(Reason.TRANSFER_CODING_UNKNOWN);
  }

  /** RFC 9110 §8.6: digits only. A value beyond {@code long} is refused. */
  private static long contentLength(RequestHead head) throws ProtocolException {
    int from = head.valueFrom(head.contentLengthLine);
    int to = head.valueTo(head.contentLengthLine);
    long length = 0;
    for (int i = from; i < to; i++) {
      int digit = head.bytes[i] - '0';
      if (digit < 0 || digit > 9 || length > (Long.MAX_VALUE - digit) / 10) {
        throw new ProtocolException(Reason.CONTENT_LENGTH);
      }
      length = length * 10 + digit;
    }
    if (from == to) {
      throw new ProtocolException(Reason.CONTENT_LENGTH);
    }
    return length;
  }
}
