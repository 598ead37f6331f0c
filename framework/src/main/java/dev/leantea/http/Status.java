package dev.leantea.http;

/** Status codes of RFC 9110 §15 (and RFC 6585) with their reason phrases. */
public final class Status {
  private static final String[] REASONS =
      reasons(
          """
          100 Continue
          101 Switching Protocols
          200 OK
          201 Created
          202 Accepted
          203 Non-Authoritative Information
          204 No Content
          205 Reset Content
          206 Partial Content
          207 Multi-Status
          300 Multiple Choices
          301 Moved Permanently
          302 Found
          303 See Other
          304 Not Modified
          307 Temporary Redirect
          308 Permanent Redirect
          400 Bad Request
          401 Unauthorized
          402 Payment Required
          403 Forbidden
          404 Not Found
          405 Method Not Allowed
          406 Not Acceptable
          407 Proxy Authentication Required
          408 Request Timeout
          409 Conflict
          410 Gone
          411 Length Required
          412 Precondition Failed
          413 Content Too Large
          414 URI Too Long
          415 Unsupported Media Type
          416 Range Not Satisfiable
          417 Expectation Failed
          418 I'm a teapot
          421 Misdirected Request
          422 Unprocessable Content
          423 Locked
          424 Failed Dependency
          425 Too Early
          426 Upgrade Required
          428 Precondition Required
          429 Too Many Requests
          431 Request Header Fields Too Large
          451 Unavailable For Legal Reasons
          500 Internal Server Error
          501 Not Implemented
          502 Bad Gateway
          503 Service Unavailable
          504 Gateway Timeout
          505 HTTP Version Not Supported
          507 Insufficient Storage
          511 Network Authentication Required
          """);

  private Status() {}

  /** The reason phrase, or an empty string for a code without a registered one. */
  public static String reason(int status) {
    String reason = status >= 0 && status < REASONS.length ? REASONS[status] : null;
    return reason == null ? "" : reason;
  }

  /** Whether a response of this status never has a body (RFC 9110 §6.4.1): 1xx, 204, 304. */
  public static boolean isBodiless(int status) {
    return status < 200 || status == 204 || status == 304;
  }

  static int requireFinal(int status) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status: expected 200 to 599, got " + status);
    }
    return status;
  }

  static int requireError(int status) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("error status: expected 400 to 599, got " + status);
    }
    return status;
  }

  /** By status, from lines of a status and its reason phrase. */
  private static String[] reasons(String table) {
    String[] reasons = new String[600];
    for (String line : table.lines().toList()) {
      reasons[Integer.parseInt(line, 0, 3, 10)] = line.substring(4);
    }
    return reasons;
  }
}
