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
   * Whether {@link #await} must be called on the platform thread that carries the loop: on a
   * virtual thread it would wait by other means.
   */
  boolean needsPlatformThread();

  /**
   * Waits for events. Takes no lock that a handler may hold.
   *
   * @param nanos at most so long; 0 not to wait at all
   * @throws IOException when the system refuses, and would again
   */
  void await(long nanos) throws IOException;

  /**
   * Handles the events that {@link #await} found. What fails in one connection ends that
   * connection.
   */
  void process();

  /** Ends the waiting of {@link #await}, or of the next one. Any thread. */
  void wakeup();

  /** Accepts again after it had to pause: called a few times a second. */
  void resumeAccepting();

  /** Accepts what the kernel already holds, then no more. */
  void stopAccepting();

  /**
   * Closes the listener, and sockets where that is safe, of a loop that a handler holds. Any
   * thread; {@link #close} still follows, if the loop goes on at last.
   */
  void closeByForce();

  /** Releases all that it holds; the loop is over. */
  void close();
}
