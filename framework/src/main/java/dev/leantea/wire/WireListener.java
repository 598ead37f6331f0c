package dev.leantea.wire;

/**
 * What a backend tells a protocol about one connection. All methods are called on the connection's
 * owner thread ({@link Owner}); after the listener has closed its {@link Wire}, or {@link #broken}
 * was called, a call does nothing.
 *
 * <pre>
 *  (received | sent | tick | drain)* ─▶ endOfInput ─▶ (sent | tick | drain)* ─▶ close by the listener
 *       └──────────────────────────────── broken, at any time ─────────────────▶ end
 * </pre>
 */
public interface WireListener {
  /** The value of a deadline that is not set. */
  long NEVER = Long.MAX_VALUE;

  /** Bytes came. The array is the backend's again when this returns. */
  void received(byte[] bytes, int from, int to);

  /** The peer sends no more; it may still read. */
  void endOfInput();

  /** The operating system took bytes of the queue: the peer reads. */
  void sent();

  /** The connection broke; the backend has closed the wire. */
  void broken();

  /**
   * Looks at the deadlines; called several times a second, or when {@link #deadline} has passed.
   */
  void tick();

  /** The server closes down; called once. */
  void drain();

  /**
   * When the peer is next overdue to send, in {@link Owner#nanoTime}; {@link #NEVER} when it is not
   * expected to. For a backend whose owner thread reads with a time limit.
   */
  long deadline();

  /**
   * Whether nothing has come of a next request: then a read needs no time limit of its own, and the
   * connection may be closed at the {@link #deadline} without a word.
   */
  boolean isIdle();

  /**
   * Whether a drain may end a read under way: no part of a request is on its way. For a backend
   * whose owner thread reads.
   */
  boolean isDrainable();
}
