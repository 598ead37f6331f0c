package dev.leantea.http2;

/**
 * The state of a stream (RFC 9113 §5.1), without server push.
 *
 * <pre>
 *              HEADERS            request complete
 *  IDLE ────────────────▶ OPEN ──────────────────▶ HALF_CLOSED_REMOTE
 *                           │ response complete            │ response complete
 *                           ▼                              ▼
 *                    HALF_CLOSED_LOCAL ───────────────▶ CLOSED ◀── RST_STREAM, from any of them
 *                                     request complete
 * </pre>
 */
enum StreamState {
  IDLE,
  OPEN,
  HALF_CLOSED_REMOTE,
  HALF_CLOSED_LOCAL,
  CLOSED;

  /** Whether the client may send DATA and trailers. */
  boolean canReceive() {
    return this == OPEN || this == HALF_CLOSED_LOCAL;
  }

  /** Whether this server may send HEADERS and DATA. */
  boolean canSend() {
    return this == OPEN || this == HALF_CLOSED_REMOTE;
  }

  /** The client has sent END_STREAM. */
  StreamState requestEnded() {
    return switch (this) {
      case OPEN -> HALF_CLOSED_REMOTE;
      case HALF_CLOSED_LOCAL -> CLOSED;
      case IDLE, HALF_CLOSED_REMOTE, CLOSED ->
          throw new IllegalStateException("stream: expected an unfinished request, was " + this);
    };
  }

  /** This server has sent END_STREAM. */
  StreamState responseEnded() {
    return switch (this) {
      case OPEN -> HALF_CLOSED_LOCAL;
      case HALF_CLOSED_REMOTE -> CLOSED;
      case IDLE, HALF_CLOSED_LOCAL, CLOSED ->
          throw new IllegalStateException("stream: expected an unfinished response, was " + this);
    };
  }
}
