package dev.leantea.http1;

import dev.leantea.http.Headers;
import dev.leantea.http.Response;
import dev.leantea.http.Status;
import dev.leantea.wire.Wire;

/**
 * Writes a response's head (RFC 9112 §4, §5) directly into the wire's memory:
 *
 * <pre>
 *  HTTP/1.1 200 OK
 *  Date: …                  unless the handler has set one
 *  Connection: …            the one of KeepAlive
 *  Content-Length: …        or Transfer-Encoding: chunked, or neither: see BodyFraming
 *  Content-Type: …          the handler's lines, in order
 * </pre>
 *
 * <p>One owner thread.
 */
final class HeadWriter {
  /** Maximum size of the status line and the lines that the framework adds. */
  private static final int MAX_OWN_BYTES = 256;

  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] CONTENT_LENGTH = Bytes.latin1("Content-Length: ");
  private static final byte[] TRANSFER_ENCODING = Bytes.latin1("Transfer-Encoding: chunked\r\n");

  private final DateHeader date = new DateHeader();
  private byte[] array = {};
  private int at;

  /**
   * Writes a head.
   *
   * @param length of the body in bytes, if the framing is {@code FIXED}
   * @param content number of bytes after the head to reserve as well
   */
  void write(
      Wire wire, Response response, BodyFraming framing, long length, boolean keep, int content) {
    Headers headers = response.headers();
    array = wire.reserve(bound(headers) + content);
    at = wire.position();
    put(StatusLines.of(response.status()));
    if (!headers.contains("Date")) {
      put(date.line());
    }
    put(KeepAlive.line(response.status(), keep));
    framing(response.status(), framing, length);
    for (int i = 0, size = headers.size(); i < size; i++) {
      if (!headers.named(i, "Connection")) {
        field(headers.name(i), headers.value(i));
      }
    }
    put(CRLF);
    wire.commit(at);
  }

  private static int bound(Headers headers) {
    int bound = MAX_OWN_BYTES;
    for (int i = 0, size = headers.size(); i < size; i++) {
      bound += headers.name(i).length() + headers.value(i).length() + 4; // colon, space, CRLF
    }
    return bound;
  }

  private void framing(int status, BodyFraming framing, long length) {
    if (Status.isBodiless(status)) {
      return; // RFC 9110 §8.6: not in 1xx and 204; optional in 304
    }
    switch (framing) {
      case CHUNKED -> put(TRANSFER_ENCODING);
      case FIXED -> {
        put(CONTENT_LENGTH);
        putDecimal(length);
        put(CRLF);
      }
      case UNTIL_CLOSE, NONE -> {}
    }
  }

  private void field(String name, String value) {
    putLatin1(name);
    array[at++] = ':';
    array[at++] = ' ';
    putLatin1(value);
    put(CRLF);
  }

  private void put(byte[] bytes) {
    System.arraycopy(bytes, 0, array, at, bytes.length);
    at += bytes.length;
  }

  /** Writes characters below U+0100, as Headers ensures. */
  @SuppressWarnings("deprecation") // String.getBytes(int, int, byte[], int): the one without a copy
  private void putLatin1(String text) {
    int length = text.length();
    text.getBytes(0, length, array, at);
    at += length;
  }

  private void putDecimal(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      array[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    at += digits;
  }
}
