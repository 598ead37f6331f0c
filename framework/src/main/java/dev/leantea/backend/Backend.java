package dev.leantea.backend;

import dev.leantea.http.Handler;

/** A way to serve HTTP, ready to start servers. Any thread. */
public interface Backend {
  /** {@code reactor}, {@code netty} or {@code blocking}. */
  String name();

  /** What moves the bytes: {@code nio}, {@code io_uring}, {@code epoll}, {@code threads}, …. */
  String engine();

  /** Why this backend and this engine: one line for the operator. */
  String reason();

  /**
   * Starts a server. It is listening when this returns, and its threads keep the JVM alive.
   *
   * @throws java.io.UncheckedIOException when the address cannot be bound
   */
  Server serve(ServerConfig config, Handler handler);

  /** Starts a server on a port of a host's address, with default limits; port 0 picks one. */
  default Server serve(int port, String host, Handler handler) {
    return serve(ServerConfig.of(port).withHost(host), handler);
  }
}
