package dev.leantea.websocket;

import java.nio.charset.StandardCharsets;

/**
 * Why a WebSocket was closed (RFC 6455 §7.4).
 *
 * @param code 1000 to 1003, 1007 to 1014, or 3000 to 4999; {@link #NONE} and {@link #ABNORMAL} are
 *     received or reported, and never sent
 * @param reason at most 123 bytes of UTF-8; often empty
 */
public record CloseReason(int code, String reason) {
  public static final int NORMAL = 1000;
  public static final int GOING_AWAY = 1001;
  public static final int PROTOCOL_ERROR = 1002;

  /** The client's Close frame held no code. */
  public static final int NONE = 1005;

  /** The connection ended without a Close frame. */
  public static final int ABNORMAL = 1006;

  public static final int INVALID_PAYLOAD = 1007;
  public static final int TOO_BIG = 1009;
  public static final int INTERNAL_ERROR = 1011;

  /** A control frame's payload less the code. */
  static final int MAX_REASON_BYTES = 123;

  /** Whether a Close frame may hold this code (RFC 6455 §7.4.1, §7.4.2, and the registry). */
  static boolean mayBeSent(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }

  /** This if a Close frame may hold it, else a reason without a code. */
  CloseReason orNone() {
    return mayBeSent(code) ? this : new CloseReason(NONE, "");
  }

  /**
   * Returns this if a Close frame may hold it.
   *
   * @throws IllegalArgumentException otherwise
   */
  CloseReason requireSendable() {
    if (!mayBeSent(code)) {
      throw new IllegalArgumentException(
          "close code: expected 1000 to 1003, 1007 to 1014 or 3000 to 4999, got " + code);
    }
    int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_REASON_BYTES) {
      throw new IllegalArgumentException(
          "close reason: expected at most " + MAX_REASON_BYTES + " bytes, got " + bytes);
    }
    return this;
  }
}
