package dev.leantea.http2;

import java.io.IOException;

/**
 * The client broke the protocol (RFC 9113 §5.4). Without a stack trace: an attacker can cause many,
 * and the reason is sufficient.
 */
abstract sealed class Http2Exception extends IOException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  private Http2Exception(ErrorCode code, String reason) {
    super(reason);
    this.code = code;
  }

  /** The code for the client. */
  ErrorCode code() {
    return code;
  }

  /** What was expected and what came, in plain words. */
  String reason() {
    return String.valueOf(getMessage());
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /** The connection ends with GOAWAY (§5.4.1). */
  static final class OfConnection extends Http2Exception {
    private static final long serialVersionUID = 1L;

    OfConnection(ErrorCode code, String reason) {
      super(code, reason);
    }
  }

  /** The stream ends with RST_STREAM, the connection goes on (§5.4.2). */
  static final class OfStream extends Http2Exception {
    private static final long serialVersionUID = 1L;

    private final int streamId;

    OfStream(int streamId, ErrorCode code, String reason) {
      super(code, reason);
      this.streamId = streamId;
    }

    int streamId() {
      return streamId;
    }
  }
}
