package dev.leantea.reactor;

import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The socket of one connection. All methods are called by the loop's thread. */
interface EngineSocket {
  /** Pauses or resumes receiving; initially on. */
  void receiving(boolean on);

  /**
   * Room in the memory that the socket sends from, to write into without a copy.
   *
   * @param from index of the room's first byte: what is before it was written and is not all sent
   * @return null when there is none now, or never
   */
  default @Nullable MemorySegment stage(int from, int bytes) {
    return null;
  }

  /** Sends the connection's queue, now or when the socket is writable. */
  void send(SendQueue queue);

  /** Sends a FIN; the queue is empty. */
  void shutdownOutput();

  /** Closes at once; no callback follows. */
  void close();

  /** The peer's address. */
  SocketAddress remoteAddress();
}
