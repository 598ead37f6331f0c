package dev.leantea.reactor;

import java.net.SocketAddress;

/** The socket of one connection. All methods are called by the loop's thread. */
interface EngineSocket {
  /** Pauses or resumes receiving; initially on. */
  void receiving(boolean on);

  /** Sends the connection's queue, now or when the socket is writable. */
  void send(SendQueue queue);

  /** Sends a FIN; the queue is empty. */
  void shutdownOutput();

  /** Closes at once; no callback follows. */
  void close();

  /** The peer's address. */
  SocketAddress remoteAddress();
}
