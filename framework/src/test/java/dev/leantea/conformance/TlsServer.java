package dev.leantea.conformance;

import dev.leantea.backend.Listener;
import dev.leantea.backend.Server;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A server with TLS: clients of its port use TLS until it is closed. */
record TlsServer(Server server) implements Server {
  TlsServer {
    TestTls.served(server.port());
  }

  @Override
  public List<Listener> listeners() {
    return server.listeners();
  }

  @Override
  public InetSocketAddress address() {
    return server.address();
  }

  @Override
  public Optional<String> tlsLibrary() {
    return server.tlsLibrary();
  }

  @Override
  public int connections() {
    return server.connections();
  }

  @Override
  public void close() {
    server.close();
    TestTls.closed(address().getPort()); // a server without TLS may get the port next
  }

  @Override
  public void join() throws InterruptedException {
    server.join();
  }

  @Override
  public Server closeOnShutdown(AutoCloseable... afterwards) {
    server.closeOnShutdown(afterwards);
    return this;
  }
}
