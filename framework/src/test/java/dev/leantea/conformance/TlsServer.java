package dev.leantea.conformance;

import dev.leantea.backend.Server;

/** A server with TLS: clients of its port use TLS until it is closed. */
record TlsServer(Server server) implements ForwardingServer {
  TlsServer {
    TestTls.served(server.port());
  }

  @Override
  public void close() {
    server.close();
    TestTls.closed(address().getPort()); // a server without TLS may get the port next
  }
}
