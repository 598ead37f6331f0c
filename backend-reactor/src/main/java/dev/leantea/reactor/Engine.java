package dev.leantea.reactor;

import dev.leantea.loop.SocketLoop;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * The I/O of one loop: accepts, receives, sends, closes, wakes. All methods are called by the
 * loop's thread unless stated otherwise.
 *
 * <p>Calls {@link Loop#accepted} for each connection, and the returned {@link Connection} for its
 * events.
 */
interface Engine {
  /** The address that it listens on. Any thread. */
  InetSocketAddress address();

  /**
   * Whether {@link #await} must be called on the loop's platform thread: on a virtual thread the
   * JDK would make it wait through its own pollers.
   */
  boolean needsPlatformThread();

  /**
   * Waits for events. Takes no lock that a handler may hold.
   *
   * @param nanos maximum time to wait; 0 returns at once
   * @throws IOException when the system call fails, and would fail again
   */
  void await(long nanos) throws IOException;

  /**
   * Handles the events that {@link #await} found. An exception closes only the connection that it
   * belongs to.
   */
  void process();

  /** Makes {@link #await} return, or the next call of it. Any thread. */
  void wakeup();

  /** Waits for the sockets of handlers. Any thread. */
  SocketLoop socketLoop();

  /** Resumes accepting after a failure; called a few times a second. */
  void resumeAccepting();

  /**
   * Accepts the connections that the kernel has queued, for another loop: this engine's loop is
   * held. Nothing once it has stopped accepting. Any thread.
   *
   * @param other an engine of the same kind
   */
  void acceptFor(Engine other);

  /** Accepts the connections that the kernel has already queued, then stops listening. */
  void stopAccepting();

  /**
   * Closes the listener, and sockets where that is safe, of a loop that is blocked by a handler.
   * Any thread; {@link #close} still follows if the handler ever returns.
   */
  void closeByForce();

  /** Releases all resources; the loop has ended. */
  void close();
}
