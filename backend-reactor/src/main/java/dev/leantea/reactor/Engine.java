package dev.leantea.reactor;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Moves the bytes of one loop: accepts, receives, sends, closes, wakes. All methods are called by
 * the loop's thread, unless they say otherwise.
 *
 * <p>It calls back {@link Loop#accepted} for each connection, and then the {@link Connection} that
 * this returned.
 */
interface Engine {
  /** Where it listens. Any thread. */
  InetSocketAddress address();

  /**
   * Waits for events, at most so long, and handles them.
   *
   * @param nanos 0 not to wait at all
   */
  void turn(long nanos) throws IOException;

  /** Ends the waiting of {@link #turn}, or of the next one. Any thread. */
  void wakeup();

  /** Accepts again after it had to pause: called a few times a second. */
  void resumeAccepting();

  /** Accepts what the kernel already holds, then no more. */
  void stopAccepting();

  /** Releases all that it holds; the loop is over. */
  void close();
}
