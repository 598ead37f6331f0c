package dev.leantea.http2;

/**
 * Why a request is answered without the application (RFC 9113 §8.1.1): malformed, or beyond the
 * limits. The connection goes on, for its framing is intact.
 *
 * @param status of the response
 * @param message the error in the response
 */
record Refusal(int status, String message) {
  static final Refusal TOO_MANY_FIELDS =
      new Refusal(431, "the header fields are larger or more than this server accepts");
  static final Refusal TARGET_TOO_LONG =
      new Refusal(414, "the request target is longer than this server accepts");
  static final Refusal TARGET = new Refusal(400, "malformed request target");
  static final Refusal METHOD = new Refusal(400, ":method: expected a token");
  static final Refusal METHOD_UNKNOWN = new Refusal(501, "method not implemented");
  static final Refusal AUTHORITY =
      new Refusal(400, "expected exactly one valid :authority or host, and equal ones if both");
  static final Refusal SCHEME = new Refusal(400, ":scheme: expected http or https");
  static final Refusal CONNECT =
      new Refusal(400, "CONNECT: expected :authority, and no :scheme and :path without :protocol");
  static final Refusal PROTOCOL = new Refusal(400, ":protocol: expected with CONNECT only");
  static final Refusal PSEUDO_FIELD =
      new Refusal(
          400, "expected :method, :scheme and :path once each, before all other header fields");
  static final Refusal FIELD_NAME =
      new Refusal(400, "expected names of header fields to be tokens in lower case");
  static final Refusal CONNECTION_FIELD =
      new Refusal(
          400,
          "expected none of the fields connection, keep-alive, proxy-connection,"
              + " transfer-encoding and upgrade, and te only with the value trailers");
  static final Refusal CONTENT_LENGTH =
      new Refusal(400, "expected at most one content-length, in digits, and equal to the body's");
  static final Refusal EXPECTATION = new Refusal(417, "expected expect: 100-continue");

  /** A field whose value has control characters or white space around it. */
  static Refusal value(FieldName name) {
    return new Refusal(
        400, name.text + ": expected no control characters and no white space around the value");
  }
}
