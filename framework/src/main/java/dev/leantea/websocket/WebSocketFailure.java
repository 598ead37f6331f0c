package dev.leantea.websocket;

import java.io.IOException;

/** The client broke the protocol or a limit: the connection fails (RFC 6455 §7.1.7) with a code. */
final class WebSocketFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * @param message fits a Close frame
   */
  WebSocketFailure(int code, String message) {
    super(message);
    this.code = code;
  }

  static WebSocketFailure protocol(String message) {
    return new WebSocketFailure(CloseReason.PROTOCOL_ERROR, message);
  }

  static WebSocketFailure tooBig(long limit) {
    return new WebSocketFailure(CloseReason.TOO_BIG, "expected at most " + limit + " bytes");
  }

  CloseReason closeReason() {
    return new CloseReason(code, String.valueOf(getMessage()));
  }
}
