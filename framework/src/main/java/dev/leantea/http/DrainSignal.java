package dev.leantea.http;

/**
 * Lets a stream without an end learn that the server begins to close down. The output that a {@link
 * BodyWriter} writes to implements it where the server can tell.
 */
public interface DrainSignal {
  /**
   * Has an action run once, when the server begins to drain: at once if it has begun.
   *
   * @param action must not wait; any thread calls it, also while the writer writes
   */
  void onDrain(Runnable action);
}
