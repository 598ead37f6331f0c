package dev.leantea.websocket;

/** Speaks with one client, in direct style. */
@FunctionalInterface
public interface WebSocketHandler {
  /**
   * Called once, on a virtual thread, when the WebSocket is open. When it returns, the WebSocket is
   * closed with 1000; when it throws, with 1011.
   *
   * @throws java.io.IOException when the client is gone; not logged above debug
   * @throws Exception anything else is logged
   */
  void handle(WebSocket socket) throws Exception;
}
