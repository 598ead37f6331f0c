package dev.leantea.http1;

import dev.leantea.http.Headers;
import dev.leantea.http.Response;
import dev.leantea.http.Status;

/**
 * Writes a response's head (RFC 9112 §4, §5):
 *
 * <pre>
 *  HTTP/1.1 200 OK
 *  Date: …                  unless the handler set one
 *  Connection: …            the one of KeepAlive
 *  Content-Length: …        or Transfer-Encoding: chunked, or neither: see Length
 *  Content-Type: …          the handler's lines, in order
 * </pre>
 *
 * <p>One owner thread.
 */
final class ResponseWriter {
  /** The body is chunked. */
  static final long CHUNKED = -1;

  /** The body ends with the connection, or there is none and nothing is said of its length. */
  static final long UNSAID = -2;

  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] CONTENT_LENGTH = Octets.latin1("Content-Length: ");
  private static final byte[] TRANSFER_ENCODING = Octets.latin1("Transfer-Encoding: chunked\r\n");
  private static final byte[] COLON = {':', ' '};

  private final DateHeader date = new DateHeader();
  private final OutputBuffer out = new OutputBuffer();

  /**
   * Writes a head; the buffer is good until the next call.
   *
   * @param length of the body in octets, or {@link #CHUNKED} or {@link #UNSAID}
   */
  OutputBuffer head(Response response, long length, boolean keep) {
    out.clear();
    out.put(StatusLines.of(response.status()));
    Headers headers = response.headers();
    if (!headers.contains("Date")) {
      out.put(date.line());
    }
    out.put(KeepAlive.line(response.status(), keep));
    length(response.status(), length);
    for (int i = 0, size = headers.size(); i < size; i++) {
      if (!headers.named(i, "Connection")) {
        field(headers.name(i), headers.value(i));
      }
    }
    return out.put(CRLF);
  }

  private void length(int status, long length) {
    // RFC 9110 §8.6: 1xx and 204 say no length; 304 need not.
    if (length == UNSAID || Status.isBodiless(status)) {
      return;
    }
    if (length == CHUNKED) {
      out.put(TRANSFER_ENCODING);
    } else {
      out.put(CONTENT_LENGTH).putDecimal(length).put(CRLF);
    }
  }

  private void field(String name, String value) {
    out.putLatin1(name).put(COLON).putLatin1(value).put(CRLF);
  }
}
