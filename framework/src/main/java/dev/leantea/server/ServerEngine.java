package dev.leantea.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/**
 * What a backend does at each step of a server's life: what it binds, and how it stops. {@link
 * Lifecycle} calls the methods in the order in which they stand here, each once; {@link #abandon}
 * in place of the others when {@link #bind} or {@link #start} failed.
 *
 * <p>No method waits for a handler.
 */
public interface ServerEngine {
  /**
   * Opens all listeners; nothing is accepted before {@link #start}.
   *
   * @return the address, with the port that was picked
   * @throws IOException when the address cannot be bound
   */
  InetSocketAddress bind(InetSocketAddress address) throws IOException;

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
