package dev.leantea.sse;

import java.io.IOException;

/** Sends events to one client, in direct style. */
@FunctionalInterface
public interface EventHandler {
  /**
   * Called once, on a virtual thread, after the head was queued. The stream ends when it returns.
   *
   * @throws IOException when the client is gone
   * @throws InterruptedException when it is interrupted, as it is when the client left while the
   *     handler waited for something else
   */
  void handle(Events events) throws IOException, InterruptedException;
}
