package dev.leantea.reactor;

import dev.leantea.backend.Backend;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.reactor.Loop.EngineFactory;
import java.util.function.Supplier;

/**
 * The backend with its engine and its number of loops.
 *
 * @param engines makes what makes the engines of one server
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
