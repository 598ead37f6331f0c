package dev.leantea.bench.clients;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.server.PostgresCluster;
import dev.leantea.bus.Bus;
import dev.leantea.bus.PostgresBus;
import dev.leantea.conformance.Requirement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A table and notifications of a real PostgreSQL that writes each message to its disk. */
final class PostgresBusTest extends BusSuite {
  /** Shorter than the default 30 s: what is published while it is away fails sooner. */
  private static final int MAX_WAIT_MILLIS = 1_000;

  private final List<HikariDataSource> pools = new ArrayList<>();
  private Cleanup cleanup;
  private PostgresCluster postgres;

  @BeforeEach
  void startServer() {
    Requirement.require(PostgresCluster.isInstalled(), "postgresql");
    cleanup = Cleanup.install();
    postgres = PostgresCluster.start(cleanup, "");
  }

  @AfterEach
  void stop() {
    pools.forEach(HikariDataSource::close);
    if (cleanup != null) {
      cleanup.close();
    }
  }

  static HikariDataSource pool(PostgresCluster postgres) {
    var config = new HikariConfig();
    config.setJdbcUrl(postgres.ownerUrl() + "&options=-c%20synchronous_commit=on");
    config.setMaximumPoolSize(8);
    config.setConnectionTimeout(MAX_WAIT_MILLIS);
    config.setValidationTimeout(MAX_WAIT_MILLIS);
    config.setAutoCommit(false); // a setting of the application's, which a bus does not mind
    return new HikariDataSource(config);
  }

  @Override
  Bus open(int retained) {
    HikariDataSource pool = pool(postgres);
    pools.add(pool);
    var bus = new PostgresBus(pool, retained);
    bus.createTables();
    return bus;
  }

  @Override
  void kill() {
    postgres.kill();
  }

  @Override
  void start() {
    postgres.resume();
  }
}
