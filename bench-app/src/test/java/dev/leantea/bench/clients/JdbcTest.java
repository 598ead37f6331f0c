package dev.leantea.bench.clients;

import static dev.leantea.bench.clients.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.leantea.backend.Server;
import dev.leantea.bench.clients.Requests.Answer;
import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.server.PostgresCluster;
import dev.leantea.conformance.Requirement;
import dev.leantea.conformance.WireClient;
import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.net.LoopSocketFactory;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * pgjdbc under HikariCP over loop sockets, in handlers of every backend, with a real PostgreSQL.
 */
@Timeout(120)
final class JdbcTest {
  private static final int CONNECTIONS = 4;

  private static Cleanup cleanup;
  private static PostgresCluster postgres;

  @BeforeAll
  static void start() throws Exception {
    Requirement.require(PostgresCluster.isInstalled(), "postgresql");
    cleanup = Cleanup.install();
    postgres = PostgresCluster.start(cleanup, "");
  }

  @AfterAll
  static void stop() throws Exception {
    if (cleanup != null) {
      cleanup.close();
    }
  }

  private static HikariDataSource pool() {
    var config = new HikariConfig();
    config.setJdbcUrl(postgres.ownerUrl() + "&socketFactory=" + LoopSocketFactory.class.getName());
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  private static String echo(HikariDataSource pool, String text) throws SQLException {
    return query(pool, "SELECT ?::text FROM pg_sleep(0.001)", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring:2", "reactor:nio:2", "netty:2", "blocking"})
  void queries_ofManyHandlers_areAnsweredEachWithItsOwn(String backend) throws Exception {
    try (HikariDataSource pool = pool();
        Server server =
            Requests.serve(backend, request -> Response.text(200, echo(pool, request.path())))) {
      assertThat(Requests.ask(server, 32, 20)).hasSize(640).allMatch(Answer::isOwn);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring", "reactor:nio", "netty", "blocking"})
  void resultOfManyBytes_arrivesWhole(String backend) throws Exception {
    String sql = "SELECT repeat('x', 20000000)";
    try (HikariDataSource pool = pool();
        Server server =
            Requests.serve(backend, _ -> Response.text(200, "" + query(pool, sql).length()));
        var client = new WireClient(server.port())) {
      assertThat(client.get("/").read().text()).isEqualTo("20000000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring", "reactor:nio", "netty", "blocking"})
  void timeouts_endAQueryAndThePoolGoesOn(String backend) throws Exception {
    try (HikariDataSource pool = pool()) {
      Handler handler =
          request -> {
            timeOut(pool);
            return Response.text(200, echo(pool, request.path()));
          };
      try (Server server = Requests.serve(backend, handler)) {
        assertThat(Requests.ask(server, 2, 1)).hasSize(2).allMatch(Answer::isOwn);
      }
    }
  }

  /** The driver's own, which cancels over a second connection; then that of the socket. */
  private static void timeOut(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
          .isInstanceOfSatisfying(
              SQLException.class, it -> assertThat(it.getSQLState()).isEqualTo("57014"));
    }
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, 200);
      assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
          .hasRootCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring:2", "reactor:nio:2"})
  void databaseRestarted_whileHandlersWait_isUsedAgain(String backend) throws Exception {
    try (HikariDataSource pool = pool();
        Server server =
            Requests.serve(
                backend,
                request ->
                    Response.text(
                        200,
                        request.path().equals("/wait")
                            ? query(pool, "SELECT pg_sleep(60)")
                            : echo(pool, request.path())));
        var waiting = new WireClient(server.port())) {
      waiting.get("/wait");
      while (!query(pool, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
          .equals("1")) {
        Thread.onSpinWait();
      }
      postgres.stop();
      assertThat(waiting.read().status()).isEqualTo(500);
      pool.getHikariPoolMXBean().softEvictConnections(); // it tests those used lately not at all
      postgres.resume();
      assertThat(Requests.ask(server, 8, 5)).hasSize(40).allMatch(Answer::isOwn);
    }
  }
}
