package dev.leantea.wire;

import java.io.IOException;

/**
 * The thread that a connection belongs to, and what it can do: an event loop, or the connection's
 * own virtual thread on the blocking backend. A protocol's state is touched on the owner thread
 * alone, so it needs no locks.
 */
public interface Owner {
  /** Whether the caller is on the owner thread. Any thread. */
  boolean isCurrent();

  /**
   * Runs a task on the owner thread, in the order in which tasks are handed over, whichever thread
   * does so. Where the caller is on the owner thread the task may run at once, if no other waits.
   * After the owner has ended the task is dropped. Any thread.
   */
  void execute(Runnable task);

  /**
   * Runs a handler that may block: on a virtual thread, or at once where the owner is one. Owner
   * thread.
   */
  void start(Runnable handler);

  /**
   * Runs a handler that never blocks: at once, or on a virtual thread where the owner cannot keep
   * its thread-locals apart from those of other handlers. Owner thread.
   */
  void startNonBlocking(Runnable handler);

  /**
   * Whether the owner thread reads the socket itself, so that a handler on it that waits for input
   * has to call {@link #awaitInput}. Any thread.
   */
  boolean readsItself();

  /**
   * Reads the socket once, waiting for input, and passes it to the connection's listener. Only
   * where {@link #readsItself}. Owner thread.
   *
   * @throws IOException when the connection is broken
   */
  void awaitInput() throws IOException;

  /** {@link System#nanoTime}, as of the loop's turn. Owner thread. */
  long nanoTime();

  /** Whether the server is closing down. Any thread. */
  boolean draining();
}
