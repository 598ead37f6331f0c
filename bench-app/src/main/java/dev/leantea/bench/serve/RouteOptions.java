package dev.leantea.bench.serve;

import dev.leantea.backend.Backend;
import dev.leantea.backend.Server;
import dev.leantea.routing.Router;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that add routes.
 *
 * <ol>
 *   <li>{@link #add} adds them, before the server is started.
 *   <li>{@link #started} passes the server to them.
 *   <li>{@link #stopping} ends their streams, before the server drains.
 * </ol>
 */
final class RouteOptions {
  @Option(
      names = "--upstream",
      paramLabel = "URL",
      description = "Where POST " + ProxyRoutes.PATH + " goes, for example http://127.0.0.1:9000.")
  @Nullable URI upstream;

  @Option(
      names = "--dashboard",
      description = "Counts requests and latency, and shows them live at /. Costs a little.")
  boolean counting;

  private Optional<Dashboard> dashboard = Optional.empty();

  void add(Router.Builder routes) {
    dashboard = counting ? Optional.of(new Dashboard()) : Optional.empty();
    DashboardRoutes.add(routes, dashboard);
    if (upstream != null) {
      ProxyRoutes.add(routes, upstream);
    }
  }

  void started(Backend backend, Server server) {
    dashboard.ifPresent(it -> it.start(backend, server));
  }

  void stopping() {
    dashboard.ifPresent(Dashboard::close);
  }
}
