package dev.leantea.conformance;

import dev.leantea.backend.Listener;
import dev.leantea.backend.Server;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A server that is another one, apart from what an implementation overrides. */
interface ForwardingServer extends Server {
  /** The other one. */
  Server server();

  @Override
  default List<Listener> listeners() {
    return server().listeners();
  }

  @Override
  default InetSocketAddress address() {
    return server().address();
  }

  @Override
  default Optional<String> tlsLibrary() {
    return server().tlsLibrary();
  }

  @Override
  default int connections() {
    return server().connections();
  }

  @Override
  default List<Integer> tasksWaiting() {
    return server().tasksWaiting();
  }

  @Override
  default void join() throws InterruptedException {
    server().join();
  }

  @Override
  default Server closeOnShutdown(AutoCloseable... afterwards) {
    server().closeOnShutdown(afterwards);
    return this;
  }
}
