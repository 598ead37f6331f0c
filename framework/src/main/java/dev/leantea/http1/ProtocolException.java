package dev.leantea.http1;

import java.io.IOException;

/**
 * A malformed request, or one beyond the limits. The client gets the reason's status and message,
 * and the connection is closed, because its framing can no longer be trusted.
 */
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why a request was refused, with its status code. */
  public enum Reason {
    BARE_LINE_BREAK(400, "expected CRLF at the end of a line, got a bare CR or LF"),
    CONTROL_CHARACTER(400, "expected visible characters, got a control character"),
    REQUEST_LINE(400, "expected a request line: METHOD SP target SP HTTP/1.1"),
    TARGET(400, "malformed request target"),
    VERSION(400, "expected HTTP/1.1 or HTTP/1.0"),
    FIELD_LINE(400, "expected a field line: name \":\" value, without space before the colon"),
    LINE_FOLDING(400, "expected a field line, got obsolete line folding"),
    HOST(400, "expected exactly one valid Host"),
    CONTENT_LENGTH(400, "expected exactly one Content-Length, in digits"),
    TRANSFER_ENCODING(400, "expected Transfer-Encoding: chunked, once, alone, and in HTTP/1.1"),
    CHUNK(400, "malformed chunk"),
    CHUNK_EXTENSIONS(400, "the chunk extensions are larger than this server accepts"),
    HEAD_TRUNCATED(400, "the connection ended within the head"),
    BODY_TRUNCATED(400, "the connection ended within the body"),
    HEAD_TIMEOUT(408, "the head did not arrive in time"),
    BODY_TIMEOUT(408, "the body did not arrive in time"),
    BODY_TOO_LARGE(413, "the body is larger than this server holds in memory"),
    REQUEST_LINE_TOO_LONG(414, "the request line is longer than this server accepts"),
    EXPECTATION(417, "expected Expect: 100-continue"),
    FIELDS_TOO_LARGE(431, "the header fields are larger or more than this server accepts"),
    METHOD_UNKNOWN(501, "method not implemented"),
    TRANSFER_CODING_UNKNOWN(501, "the only transfer coding of this server is chunked"),
    VERSION_UNSUPPORTED(505, "this server supports HTTP/1.1 and HTTP/1.0");

    private final int status;
    private final String message;

    Reason(int status, String message) {
      this.status = status;
      this.message = message;
    }

    /** The status code of the response. */
    public int status() {
      return status;
    }

    /** The error message in the response. */
    public String message() {
      return message;
    }
  }

  private final Reason reason;

  public ProtocolException(Reason reason) {
    super(reason.message());
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Without a stack trace: an attacker can cause many, and the reason is sufficient. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
