package dev.leantea.bench.serve;

import dev.leantea.backend.Backend;
import dev.leantea.backend.Readiness;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A server about to start: what a command line came down to.
 *
 * @param files the folder of {@code /files}
 */
record Serving(Backend backend, ServerConfig config, Optional<Path> files, RouteOptions options) {
  /**
   * Starts the server, prints its address in one line, and returns when it has drained.
   *
   * @throws IllegalArgumentException when an option makes no sense
   * @throws java.io.UncheckedIOException when it cannot listen
   */
  void run(PrintWriter out) throws InterruptedException {
    Readiness readiness = config.readiness().orElseGet(() -> new Readiness(Duration.ZERO));
    Handler routes =
        ServeRoutes.routes(
            files,
            router -> {
              options.add(router);
              router.get("/ready", readiness);
            });
    Server server = backend.serve(config.withReadiness(readiness), routes);
    options.started(backend, server);
    // No format: its classes would make the start slower.
    String address = "leantea: http://" + config.host() + ":" + server.port();
    String backing = " backend " + backend.name() + ", engine " + backend.engine();
    out.println(address + backing + " (" + backend.reason() + ")");
    out.flush();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("leantea-drain").unstarted(() -> drain(server)));
    server.join();
  }

  /** On SIGTERM and SIGINT: a drained server has done its work, so the status is 0, not 143. */
  private void drain(Server server) {
    options.stopping();
    server.close();
    Runtime.getRuntime().halt(0);
  }
}
