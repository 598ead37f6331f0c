package dev.leantea.http;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A connection after {@code 101 Switching Protocols} (RFC 9110 §7.8): bytes both ways.
 *
 * <p>One thread reads and any thread writes, at the same time. Bytes that came right behind the
 * request's head are the first to be read.
 */
public interface UpgradedConnection {
  /**
   * What the client sends. A read blocks until there is something, and the client is held back
   * while nobody reads. Reads end with {@link java.net.SocketTimeoutException} when nothing came
   * for the {@link #readTimeout}, and once when the server begins to drain; reading may go on after
   * either. Where the backend reads in the thread that calls, a drain ends the input instead.
   */
  InputStream input();

  /**
   * What the client gets. A write blocks while the client is behind by more than a high-water mark;
   * {@code flush} puts what was written on the wire. The bytes of one {@code write} call stay
   * together. Closing the stream sends what was written and refuses later writes.
   */
  OutputStream output();

  /**
   * How long a read waits; kept to about a quarter of a second. At first, for ever. Where the
   * backend reads in the thread that calls, a read under way keeps the time it began with.
   *
   * @param time positive; {@link Duration#ZERO} for ever
   */
  void readTimeout(Duration time);

  /** Whether the server is closing down: the handler is to end soon. Any thread. */
  boolean draining();

  /**
   * Queues the last bytes behind all that was written, without waiting for the client; every later
   * write throws. Reading goes on, and the connection ends when the handler returns. Any thread; a
   * second call does nothing.
   *
   * @param last such as a close frame; may be empty
   */
  void endOutput(byte[] last);

  /**
   * Breaks the connection off: what is queued is dropped, blocked reads and writes throw. Does not
   * wait. To end in good order return from the handler instead. Any thread; a second call does
   * nothing.
   */
  void close();
}
