package dev.leantea.reactor;

import dev.leantea.backend.Backend;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.reactor.Loop.EngineFactory;
import java.util.function.Supplier;

/**
 * The backend with an engine and a number of loops.
 *
 * @param engines supplies the engine factory of each server
 */
record ReactorBackend(Supplier<EngineFactory> engines, String engine, int loops, String reason)
    implements Backend {
  @Override
  public String name() {
    return "reactor";
  }

  @Override
  public Server serve(ServerConfig config, Handler handler) {
    return ReactorServer.start(config, handler, loops, engines.get());
  }
}
