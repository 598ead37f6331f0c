package dev.leantea.wire;

/**
 * Receives the events of one connection. All methods are called on the connection's owner thread
 * ({@link Owner}); after the listener has closed its {@link Wire}, or {@link #broken} was called,
 * calls do nothing.
 *
 * <pre>
 *  (received | sent | tick | drain)* ─▶ endOfInput ─▶ (sent | tick | drain)* ─▶ close by the listener
 *       └──────────────────────────────── broken, at any time ─────────────────▶ end
 * </pre>
 */
public interface WireListener {
  /** An array without bytes, for {@link #received}. */
  byte[] NO_BYTES = {};

  /** The value of a deadline that is not set. */
  long NEVER = Long.MAX_VALUE;

  /** Bytes were received. The array may be used only until this returns. */
  void received(byte[] bytes, int from, int to);

  /**
   * Bytes were received and discarded by a layer below, because this listener has shut down its
   * sending side: a sign that the peer is still there.
   *
   * @param bytes how many; of TLS encrypted ones
   */
  default void discarded(int bytes) {
    received(NO_BYTES, 0, 0);
  }

  /** The peer has shut down its sending side; it may still read. */
  void endOfInput();

  /**
   * The peer's sending side has ended without the end that its protocol prescribes, as TLS without
   * {@code close_notify} (RFC 8446 §6.1): somebody else may have cut the connection. Only a message
   * whose own framing says so is complete.
   */
  default void truncated() {
    endOfInput();
  }

  /** The operating system accepted bytes of the queue. */
  void sent();

  /** The connection failed; the backend has closed the wire. */
  void broken();

  /** Checks the deadlines; called several times a second, or when {@link #deadline} has passed. */
  void tick();

  /** The server starts shutting down; called once. */
  void drain();

  /**
   * Until when the peer must have sent something, in {@link Owner#nanoTime}; {@link #NEVER} if
   * nothing is expected. For a backend whose owner thread reads with a timeout.
   */
  long deadline();

  /**
   * Whether no byte of a next request was received: a read then needs no timeout of its own, and
   * the connection may be closed at the {@link #deadline} without a response.
   */
  boolean isIdle();

  /**
   * Whether a drain may interrupt a read in progress, because no request is incomplete. For a
   * backend whose owner thread reads.
   */
  boolean isDrainable();
}
