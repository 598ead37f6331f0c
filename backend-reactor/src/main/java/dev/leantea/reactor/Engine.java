package dev.leantea.reactor;

import dev.leantea.loop.SocketLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.Supplier;

/**
 * The I/O of one loop: accepts, receives, sends, closes, wakes. All methods are called by the
 * loop's thread unless stated otherwise.
 *
 * <p>Calls {@link Loop#accepted} for each connection, and the returned {@link Connection} for its
 * events.
 */
interface Engine {
  /**
   * Opens a listener; nothing is accepted before the first {@link #await}. Before the loop starts,
   * the thread that starts the server.
   *
   * @param number of the listener, for {@link Loop#accepted}
   * @param next the engine that is to serve the next connection, of the same kind: this one or
   *     another
   * @return the address, with the port that was picked
   * @throws IOException when the address cannot be bound
   */
  SocketAddress listen(int number, SocketAddress address, Supplier<Engine> next) throws IOException;

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
   * Closes the listeners, and sockets where that is safe, of a loop that is blocked by a handler.
   * Any thread; {@link #close} still follows if the handler ever returns.
   */
  void closeByForce();

  /** Releases all resources; the loop has ended. */
  void close();
}
