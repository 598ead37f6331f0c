package dev.leantea.wire;

/**
 * The thread that a connection belongs to: an event loop, or the connection's own virtual thread on
 * the blocking backend. A protocol's state is accessed on the owner thread only, so it needs no
 * locks.
 */
public interface Owner {
  /** Whether the calling thread is the owner thread. Any thread. */
  boolean isCurrent();

  /**
   * Runs a task on the owner thread. Tasks run in the order of these calls, whatever threads make
   * them. If the caller is on the owner thread and no other task waits, the task may run at once.
   * After the owner has ended, tasks are discarded. Any thread.
   */
  void execute(Runnable task);

  /**
   * Runs a handler that may block: on a virtual thread, or at once if the owner is a virtual
   * thread. Owner thread.
   */
  void start(Runnable handler);

  /**
   * Runs a handler that never blocks: at once, or on a virtual thread if the owner cannot isolate
   * its thread-locals from those of other handlers. Owner thread.
   */
  void startNonBlocking(Runnable handler);

  /**
   * Runs a handler that holds its thread for long: on a virtual thread of the JDK's scheduler,
   * beside the event loop, or at once if the owner is a virtual thread. Owner thread.
   */
  void startBeside(Runnable handler);

  /**
   * Runs a handler beside other handlers of the same connection: on a virtual thread, whatever the
   * owner is. Owner thread.
   */
  default void startApart(Runnable handler) {
    start(handler);
  }

  /**
   * Whether what the owner thread is doing was seen to hold its event loop. True once for each
   * piece of work. Owner thread.
   */
  boolean takeHeld();

  /**
   * Whether the owner thread reads the socket itself: a handler on it that waits for input must
   * call {@link Wire#awaitInput}. Any thread.
   */
  boolean readsItself();

  /** {@link System#nanoTime}, possibly as of the start of the loop's turn. Owner thread. */
  long nanoTime();

  /** Whether the server is shutting down. Any thread. */
  boolean draining();
}
