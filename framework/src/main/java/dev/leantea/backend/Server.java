package dev.leantea.backend;

import java.net.InetSocketAddress;

/** A running server. Any thread. */
public interface Server extends AutoCloseable {
  /** The address it listens on, with the port that was picked. */
  InetSocketAddress address();

  /** The port it listens on. */
  default int port() {
    return address().getPort();
  }

  /** How many connections are open now, idle ones among them. */
  int connections();

  /**
   * Drains and stops: lets the {@link ServerConfig#readiness} check fail first, accepts no more,
   * closes idle connections, answers what is in flight with {@code Connection: close}, and cuts off
   * what is still running after {@link dev.leantea.http.Limits#drainTimeout}. Returns when all is
   * closed. A second call does nothing.
   */
  @Override
  void close();

  /** Waits until the server has stopped. */
  void join() throws InterruptedException;

  /**
   * Closes this server when the JVM is told to end (SIGTERM, SIGINT, {@code System.exit}), so that
   * no request in flight is lost; the JVM waits for it.
   *
   * @return this server
   */
  default Server closeOnShutdown() {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("leantea-drain").unstarted(this::close));
    return this;
  }
}
