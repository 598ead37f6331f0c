package dev.leantea.backend;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A running server. Any thread. */
public interface Server extends AutoCloseable {
  /** Where it listens, in the order of its configuration, with the ports that were picked. */
  List<Listener> listeners();

  /**
   * The address of its first listener that is a port, with the port that was picked.
   *
   * @throws IllegalStateException when it listens on unix domain sockets alone
   */
  InetSocketAddress address();

  /** The first port that it listens on: see {@link #address}. */
  default int port() {
    return address().getPort();
  }

  /** The ports that it listens on, in the order of its configuration. */
  default List<Integer> ports() {
    return listeners().stream()
        .filter(TcpListener.class::isInstance)
        .map(it -> ((TcpListener) it).port())
        .toList();
  }

  /** The library that encrypts, and why it is this one: for the operator. Empty without TLS. */
  Optional<String> tlsLibrary();

  /** How many connections are open now, idle ones among them. */
  int connections();

  /**
   * About how many tasks and handlers can go on now and wait for their event loop, one number for
   * each loop: what is more than a few for longer says that the loop is busy or held. Empty where
   * there are no loops ({@code blocking}).
   */
  List<Integer> tasksWaiting();

  /**
   * Drains and stops: lets the {@link ServerConfig#readiness} check fail first, accepts no more
   * connections, closes idle ones, and answers what is in flight with {@code Connection: close}.
   * What still runs after {@link dev.leantea.http.Limits#drainTimeout} is cut off: handlers are
   * interrupted, sockets closed. 2 s later at the latest {@code close} has returned; a handler that
   * ignores its interrupt is logged with its stack, and left running.
   *
   * <p>May be called more than once, and by several threads: each waits for the end. A handler of
   * this server may call it too, and is answered: there it returns at once, and the server drains
   * meanwhile. An interrupt of a waiting thread ends the delay of the readiness check, not the
   * wait.
   */
  @Override
  void close();

  /** Waits until the server has stopped. */
  void join() throws InterruptedException;

  /**
   * Closes this server when the JVM shuts down (SIGTERM, SIGINT, {@code System.exit}), so that no
   * request in flight is lost; the JVM waits for it. A handler that calls {@code System.exit} is
   * not waited for.
   *
   * @param afterwards what handlers use, a pool of connections say: closed in this order when the
   *     server has stopped, also when it is closed by hand; what goes wrong there is logged
   * @return this server
   */
  Server closeOnShutdown(AutoCloseable... afterwards);
}
