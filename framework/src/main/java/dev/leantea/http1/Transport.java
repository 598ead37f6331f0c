package dev.leantea.http1;

import dev.leantea.zerocopy.FileSlice;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * What a connection needs of its backend: bytes out, threads, time. A backend implements it once
 * and calls {@link Http1Connection#receive} with what comes in.
 *
 * <p>All methods are called on the connection's owner thread, unless they say otherwise: the loop
 * of an event-loop backend, the connection's own virtual thread of the blocking one.
 */
public interface Transport {
  /** Queues a copy of the octets; they are on their way after {@link #flush}. */
  void send(byte[] bytes, int from, int to);

  /** Queues an array that nobody changes any more, without a copy. */
  void sendWhole(byte[] bytes);

  /**
   * Queues a part of a file, and closes the slice when it is sent or never will be. Where the file
   * turns out to be shorter the connection is aborted.
   */
  void sendFile(FileSlice slice);

  /** Starts to send what is queued, now or at the end of the loop's turn. */
  void flush();

  /** Octets that are queued and not yet taken by the peer's window. */
  long unsent();

  /** Whether to go on receiving: back-pressure towards the client. */
  void receiving(boolean on);

  /** Ends the sending side, after all that is queued; receiving goes on. */
  void shutdownOutput();

  /** Closes the socket now, whatever is queued. */
  void close();

  /** Whether the server is closing down. Any thread. */
  boolean draining();

  /** {@link System#nanoTime}, as of the loop's turn. */
  long nanoTime();

  /** Runs a task on the owner thread: at once where the caller is on it. Any thread. */
  void execute(Runnable task);

  /** Runs a handler that may block: on a virtual thread, or at once where the owner is one. */
  void start(Runnable handler);

  /**
   * Waits for input and passes it to the connection, on a backend whose owner thread reads.
   *
   * @return false where a loop reads and the caller is to wait for it. Any thread
   */
  boolean awaitInput() throws IOException;

  /** The peer's address. */
  InetSocketAddress remoteAddress();
}
