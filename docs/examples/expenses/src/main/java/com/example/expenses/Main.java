package com.example.expenses;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.leantea.backend.Backend;
import dev.leantea.backend.Backends;
import dev.leantea.backend.Readiness;
import dev.leantea.backend.Server;
import dev.leantea.log.AccessFormat;
import dev.leantea.log.AccessLog;
import dev.leantea.metrics.HttpMetrics;
import dev.leantea.net.LoopSocketFactory;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import org.flywaydb.core.Flyway;

/** Starts the server, as the environment says. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    serve(new Config(System.getenv()));
  }

  static Server serve(Config config) throws IOException {
    HikariDataSource pool = openPool(config);
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var metrics = HttpMetrics.of(registry);
    var log = AccessLog.of(AccessFormat.combined(config.forwarded()::client));
    var readiness = new Readiness(Duration.ofSeconds(config.readySeconds()));
    var routes = new Application(config, pool, readiness, registry).router();
    var listeners = config.server().withReadiness(readiness);
    Backend backend = Backends.fromEnv();
    Server server =
        metrics.bind(backend.serve(listeners.withExchangeListener(log.and(metrics)), routes));
    System.out.printf(
        "expenses: ports %s, backend %s on %s%n", server.ports(), backend.name(), backend.engine());
    return server.closeOnShutdown(pool, log);
  }

  /** Connections to the database, whose tables are brought up to date. */
  static HikariDataSource openPool(Config config) {
    var hikari = new HikariConfig();
    hikari.setJdbcUrl(config.databaseUrl());
    hikari.setMaximumPoolSize(config.databaseConnections());
    // The driver's sockets wait in the event loop that carries the handler.
    hikari.addDataSourceProperty("socketFactory", LoopSocketFactory.class.getName());
    var pool = new HikariDataSource(hikari);
    Flyway.configure().dataSource(pool).load().migrate();
    return pool;
  }
}
