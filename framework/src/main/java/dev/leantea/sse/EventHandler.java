package dev.leantea.sse;

import java.io.IOException;

/** Sends events to one client, in direct style. */
@FunctionalInterface
public interface EventHandler {
  /**
   * Called once, on a virtual thread, after the head was sent. The stream ends when it returns.
   *
   * @throws IOException when the client is gone
   * @throws InterruptedException when the thread is interrupted, as it is when the client has left
   *     while the handler waits for something else, and when the server drains
   */
  void handle(Events events) throws IOException, InterruptedException;
}
