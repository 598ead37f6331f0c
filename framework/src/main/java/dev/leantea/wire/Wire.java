package dev.leantea.wire;

import dev.leantea.http.TlsSession;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The output of one connection, and flow control of its input. Implemented by backends; {@link
 * WireListener} is the opposite direction.
 *
 * <p>All methods are called on the connection's owner thread ({@link Owner}) unless stated
 * otherwise. After {@link #close} all calls are ignored, and {@link #unsent} is 0.
 *
 * <pre>
 *  reserve ─▶ write into the array ─▶ commit ┐
 *  send, sendWhole, sendFile ────────────────┴▶ queue ── flush ──▶ socket
 * </pre>
 */
public interface Wire {
  /**
   * Returns an array at the end of the queue, to write into without a copy. Write from {@link
   * #position} on, then call {@link #commit} before any other method.
   *
   * @param bytes number of bytes to reserve
   */
  byte[] reserve(int bytes);

  /** Index of the first reserved byte in the array that {@link #reserve} returned last. */
  int position();

  /**
   * Adds the bytes written into the reserved array to the queue.
   *
   * @param end the index after the last byte written
   */
  void commit(int end);

  /**
   * Like {@link #reserve}, but native memory, from which the bytes are sent without a copy; worth
   * it for many bytes. Write from its start on, then call {@link #commitNative} before any other
   * method.
   *
   * @return null when there is none now, or never: then {@link #reserve} has room
   */
  default @Nullable MemorySegment reserveNative(int bytes) {
    return null;
  }

  /**
   * Adds what was written into the reserved native memory to the queue.
   *
   * @param bytes how many
   */
  default void commitNative(int bytes) {
    throw new IllegalStateException("wire: expected reserveNative() first");
  }

  /** Queues a copy of the bytes. */
  void send(byte[] bytes, int from, int to);

  /** Queues an array, without a copy if that is cheaper; it must not be changed afterwards. */
  void sendWhole(byte[] bytes);

  /**
   * Queues a part of a file, and closes the slice when it was sent or never will be. If the file
   * was truncated, the connection is closed.
   */
  void sendFile(FileSlice slice);

  /** Starts sending the queue, now or at the end of the loop's turn. */
  void flush();

  /** Number of bytes queued and not yet accepted by the operating system. */
  long unsent();

  /** Pauses or resumes receiving: backpressure on the client. */
  void receiving(boolean on);

  /**
   * Waits for input, reads the socket once, and passes the bytes to the connection's listener. Only
   * if {@link Owner#readsItself}. Owner thread.
   *
   * @throws IOException when the connection is broken
   */
  default void awaitInput() throws IOException {
    throw new IllegalStateException("wire: expected no read by a handler, for the loop reads");
  }

  /** Shuts down the sending side after all queued bytes; receiving continues. */
  void shutdownOutput();

  /** Closes the socket at once and discards the queue. Further calls do nothing. */
  void close();

  /**
   * Aborts the connection and discards the queue: {@link WireListener#broken} follows on the owner
   * thread. Does not wait, not even for a write in progress. Any thread.
   */
  void abort();

  /** The peer's address: an {@link java.net.InetSocketAddress} for TCP. */
  SocketAddress remoteAddress();

  /** What TLS has negotiated; empty without TLS. */
  default Optional<TlsSession> tls() {
    return Optional.empty();
  }
}
