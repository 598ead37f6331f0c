package dev.leantea.bench.serve;

import dev.leantea.routing.Router;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that add routes. */
final class RouteOptions {
  @Option(
      names = "--upstream",
      paramLabel = "URL",
      description = "Where POST " + ProxyRoutes.PATH + " goes, for example http://127.0.0.1:9000.")
  @Nullable URI upstream;

  void add(Router.Builder routes) {
    if (upstream != null) {
      ProxyRoutes.add(routes, upstream);
    }
  }
}
