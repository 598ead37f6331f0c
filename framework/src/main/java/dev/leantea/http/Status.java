package dev.leantea.http;

/** Status codes of RFC 9110 §15 (and RFC 6585) with their reason phrases. */
public final class Status {
  private static final String[] REASONS = new String[600];

  static {
    name(100, "Continue");
    name(101, "Switching Protocols");
    name(200, "OK");
    name(201, "Created");
    name(202, "Accepted");
    name(203, "Non-Authoritative Information");
    name(204, "No Content");
    name(205, "Reset Content");
    name(206, "Partial Content");
    name(207, "Multi-Status");
    name(300, "Multiple Choices");
    name(301, "Moved Permanently");
    name(302, "Found");
    name(303, "See Other");
    name(304, "Not Modified");
    name(307, "Temporary Redirect");
    name(308, "Permanent Redirect");
    name(400, "Bad Request");
    name(401, "Unauthorized");
    name(402, "Payment Required");
    name(403, "Forbidden");
    name(404, "Not Found");
    name(405, "Method Not Allowed");
    name(406, "Not Acceptable");
    name(407, "Proxy Authentication Required");
    name(408, "Request Timeout");
    name(409, "Conflict");
    name(410, "Gone");
    name(411, "Length Required");
    name(412, "Precondition Failed");
    name(413, "Content Too Large");
    name(414, "URI Too Long");
    name(415, "Unsupported Media Type");
    name(416, "Range Not Satisfiable");
    name(417, "Expectation Failed");
    name(418, "I'm a teapot");
    name(421, "Misdirected Request");
    name(422, "Unprocessable Content");
    name(423, "Locked");
    name(424, "Failed Dependency");
    name(425, "Too Early");
    name(426, "Upgrade Required");
    name(428, "Precondition Required");
    name(429, "Too Many Requests");
    name(431, "Request Header Fields Too Large");
    name(451, "Unavailable For Legal Reasons");
    name(500, "Internal Server Error");
    name(501, "Not Implemented");
    name(502, "Bad Gateway");
    name(503, "Service Unavailable");
    name(504, "Gateway Timeout");
    name(505, "HTTP Version Not Supported");
    name(507, "Insufficient Storage");
    name(511, "Network Authentication Required");
  }

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

  private static void name(int status, String reason) {
    REASONS[status] = reason;
  }
}
