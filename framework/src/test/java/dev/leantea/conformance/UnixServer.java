package dev.leantea.conformance;

import dev.leantea.backend.Backend;
import dev.leantea.backend.Listener;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server on a unix domain socket alone, whose port is that of a relay. */
record UnixServer(Server server, Path folder, UnixRelay relay) implements ForwardingServer {
  /** Starts a server that is configured as this one, apart from where it listens. */
  static UnixServer start(Backend backend, ServerConfig config, Handler handler) {
    try {
      Path folder = Files.createTempDirectory("unix");
      Path path = folder.resolve("http.sock");
      Server server = backend.serve(config.withListeners(Listener.unix(path)), handler);
      return new UnixServer(server, folder, new UnixRelay(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.port());
  }

  /** Fails when the socket's file is still there. */
  @Override
  public void close() {
    server.close();
    try {
      relay.close();
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
