package dev.leantea.netty;

import dev.leantea.backend.Backend;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;

/** The backend with its transport and its number of event loops. */
record NettyBackend(NettyTransport transport, int loops, String reason) implements Backend {
  @Override
  public String name() {
    return "netty";
  }

  @Override
  public String engine() {
    return transport.text();
  }

  @Override
  public Server serve(ServerConfig config, Handler handler) {
    return NettyServer.start(config, handler, transport, loops);
  }
}
