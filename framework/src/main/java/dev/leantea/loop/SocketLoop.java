package dev.leantea.loop;

/**
 * An event loop that waits for the sockets of the threads that it carries: {@link LoopSockets} hand
 * it operations, its engine performs them.
 */
public interface SocketLoop {
  /** Has the loop run a task. Any thread; a task that comes after the loop's end is run at once. */
  void execute(Runnable task);

  /**
   * Begins an operation; {@link SocketOperation#complete} must follow, once. The loop's thread, or
   * any thread once the loop has ended: the operation then completes with {@link
   * SocketOperation.Outcome#LOOP_ENDED}.
   */
  void begin(SocketOperation operation);

  /** Ends an operation soon, if it is still in progress; it completes all the same. As above. */
  void cancel(SocketOperation operation);
}
