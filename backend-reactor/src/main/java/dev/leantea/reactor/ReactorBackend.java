package dev.leantea.reactor;

import dev.leantea.backend.Backend;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.reactor.Loop.EngineFactory;

/** The backend with an engine and a number of loops. */
record ReactorBackend(
    EngineFactory engines, Listening listening, String engine, int loops, String reason)
    implements Backend {
  @Override
  public String name() {
    return "reactor";
  }

  @Override
  public Server serve(ServerConfig config, Handler handler) {
    return ReactorServer.start(config, handler, loops, engines, listening);
  }
}
