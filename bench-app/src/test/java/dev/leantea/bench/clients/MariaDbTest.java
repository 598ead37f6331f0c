package dev.leantea.bench.clients;

import static dev.leantea.bench.clients.Sql.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.leantea.backend.Server;
import dev.leantea.bench.clients.Requests.Answer;
import dev.leantea.conformance.WireClient;
import dev.leantea.http.Response;
import dev.leantea.net.LoopSocketFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * MariaDB's driver under HikariCP over loop sockets, in handlers of every backend, with a real
 * MariaDB.
 */
@Timeout(120)
final class MariaDbTest {
  private static final int CONNECTIONS = 4;

  @TempDir private static Path directory;

  private static LocalServer mariaDb;

  /** No grant tables: whoever connects may do all. */
  @BeforeAll
  static void start() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Path socket = directory.resolve("socket");
    mariaDb =
        LocalServer.start(
            port ->
                List.of(
                    "/usr/sbin/mariadbd",
                    "--no-defaults",
                    "--user=" + System.getProperty("user.name"),
                    "--skip-grant-tables",
                    "--skip-networking=0",
                    "--bind-address=127.0.0.1",
                    "--port=" + port,
                    "--socket=" + socket,
                    "--datadir=" + data));
  }

  @AfterAll
  static void stop() throws IOException {
    if (mariaDb != null) {
      mariaDb.close();
    }
  }

  private static HikariDataSource pool() {
    var config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:mariadb://127.0.0.1:"
            + mariaDb.port()
            + "/?user=test&socketFactory="
            + LoopSocketFactory.class.getName());
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring:2", "reactor:nio:2", "netty:2", "blocking"})
  void queries_ofManyHandlers_areAnsweredEachWithItsOwn(String backend) throws Exception {
    String sql = "SELECT CONCAT(?, LEFT(SLEEP(0.001), 0))";
    try (HikariDataSource pool = pool();
        Server server =
            Requests.serve(
                backend, request -> Response.text(200, query(pool, sql, request.path())))) {
      assertThat(Requests.ask(server, 32, 20)).hasSize(640).allMatch(Answer::isOwn);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring", "reactor:nio", "netty", "blocking"})
  void resultOfManyBytes_arrivesWhole(String backend) throws Exception {
    String sql = "SELECT REPEAT(?, 10000000)";
    try (HikariDataSource pool = pool();
        Server server =
            Requests.serve(backend, _ -> Response.text(200, "" + query(pool, sql, "x").length()));
        var client = new WireClient(server.port())) {
      assertThat(client.get("/").read().text()).isEqualTo("10000000");
    }
  }
}
