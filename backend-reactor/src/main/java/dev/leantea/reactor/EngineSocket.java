package dev.leantea.reactor;

import java.net.InetSocketAddress;

/** One connection's socket, as its engine has it. All methods are called by the loop's thread. */
interface EngineSocket {
  /** Whether to receive; on at first. */
  void receiving(boolean on);

  /** Sends what is in the connection's queue, now or as the socket takes it. */
  void send(SendQueue queue);

  /** Sends a FIN; the queue is empty. */
  void shutdownOutput();

  /** Closes at once; no callback follows. */
  void close();

  /** The peer's address. */
  InetSocketAddress remoteAddress();
}
