package dev.leantea.http;

/** Speaks another protocol over a connection that left HTTP, in direct style. */
@FunctionalInterface
public interface UpgradeHandler {
  /**
   * Called once, on a virtual thread, after {@code 101 Switching Protocols} was queued. When it
   * returns, what it wrote is sent and the connection ends.
   *
   * @throws java.io.IOException when the client is gone; anything thrown here aborts the connection
   * @throws Exception anything else is logged as well
   */
  void handle(UpgradedConnection connection) throws Exception;
}
