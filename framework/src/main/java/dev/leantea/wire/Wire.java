package dev.leantea.wire;

import java.net.InetSocketAddress;

/**
 * One connection's bytes on their way out, and control of the bytes that come in. A backend
 * implements it; a {@link WireListener} is its other direction.
 *
 * <p>All methods are called on the connection's owner thread ({@link Owner}), unless they say
 * otherwise. After {@link #close} every call is ignored, and {@link #unsent} is 0.
 *
 * <pre>
 *  reserve ─▶ write into the array ─▶ commit ┐
 *  send, sendWhole, sendFile ────────────────┴▶ queue ── flush ──▶ socket
 * </pre>
 */
public interface Wire {
  /**
   * An array to write bytes into directly, at the end of the queue: spares a copy. Write from
   * {@link #position} on, then call {@link #commit} before any other method.
   *
   * @param bytes how many there must be room for
   */
  byte[] reserve(int bytes);

  /** Where to write in the array that {@link #reserve} returned last. */
  int position();

  /**
   * Adds what was written into the reserved array to the queue.
   *
   * @param end the index behind the last byte written
   */
  void commit(int end);

  /** Queues a copy of the bytes. */
  void send(byte[] bytes, int from, int to);

  /** Queues an array that nobody changes any more, without a copy where that is cheaper. */
  void sendWhole(byte[] bytes);

  /**
   * Queues a part of a file, and closes the slice when it is sent or never will be. Where the file
   * turns out to be shorter the connection is closed.
   */
  void sendFile(FileSlice slice);

  /** Starts to send what is queued, now or at the end of the loop's turn. */
  void flush();

  /** Bytes that are queued and not yet taken by the operating system. */
  long unsent();

  /** Whether to go on receiving: back-pressure towards the client. */
  void receiving(boolean on);

  /** Ends the sending side after all that is queued; receiving goes on. */
  void shutdownOutput();

  /** Closes the socket now, whatever is queued. A second call does nothing. */
  void close();

  /**
   * Breaks the connection off, whatever is queued: {@link WireListener#broken} follows on the owner
   * thread. Does not wait, not even for a write under way. Any thread.
   */
  void abort();

  /** The peer's address. */
  InetSocketAddress remoteAddress();
}
