package dev.leantea.blocking;

import dev.leantea.backend.Backend;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;

/** The backend with its number of acceptors. */
record BlockingBackend(int acceptors, String reason) implements Backend {
  @Override
  public String name() {
    return "blocking";
  }

  @Override
  public String engine() {
    return acceptors + (acceptors == 1 ? " acceptor" : " acceptors");
  }

  @Override
  public Server serve(ServerConfig config, Handler handler) {
    return BlockingServer.start(config, handler, acceptors);
  }
}
