package dev.leantea.server;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

/**
 * What a backend does at each step of a server's life: what it binds, and how it stops. {@link
 * Lifecycle} calls the methods in the order in which they stand here, each once, {@link #bind} once
 * for each listener; {@link #abandon} in place of the others when one up to {@link #start} failed.
 *
 * <p>No method waits for a handler.
 */
public interface ServerEngine {
  /**
   * Opens what the threads need; none is started.
   *
   * @throws IOException when the system refuses it
   */
  void open() throws IOException;

  /**
   * Opens a listener; nothing is accepted before {@link #start}.
   *
   * @param number of the listener in {@link dev.leantea.backend.ServerConfig#listeners}, and of its
   *     protocol in {@link Lifecycle#protocols}
   * @param address of TCP or a unix domain socket; the latter has one listener alone, which deals
   *     out connections to all threads
   * @return the address, with the port that was picked
   * @throws IOException when the address cannot be bound
   */
  SocketAddress bind(int number, SocketAddress address) throws IOException;

  /** Starts the threads, and accepts. */
  void start();

  /** Closes what was opened, and ends what was started, by a start that failed. */
  void abandon();

  /**
   * Accepts what the kernel has already queued, then closes the listeners: a client that is asked
   * to close comes back at once, and must not be accepted and then dropped.
   *
   * @return completed when that is done; as late as a handler lets its event loop go on
   */
  CompletableFuture<?> stopAccepting();

  /** Lets every connection know that the server drains. */
  void drain();

  /** Closes all connections, and ends all threads. */
  void stop();

  /** Whether all threads have ended. */
  boolean isStopped();

  /**
   * Closes listeners, and sockets where it can, that belong to a thread which does not end; called
   * only then.
   */
  void closeByForce();
}
