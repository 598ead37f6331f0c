package dev.leantea.bench.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.server.PostgresCluster;
import dev.leantea.conformance.Requirement;
import dev.leantea.conformance.WireClient;
import dev.leantea.routing.Router;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The routes, on every backend, with a real PostgreSQL. */
final class DatabaseTest {
  private static final String TABLES =
      """
      CREATE TABLE world (id integer PRIMARY KEY, randomnumber integer NOT NULL);
      INSERT INTO world SELECT i, 0 FROM generate_series(1, 10000) i;
      CREATE TABLE fortune (id integer PRIMARY KEY, message varchar(2048) NOT NULL);
      INSERT INTO fortune VALUES
        (1, '<script>alert("no");</script>'),
        (2, 'フレームワークのベンチマーク'),
        (3, 'A bad random number generator: 1, 1 & 1');
      """;

  private static Cleanup cleanup;
  private static PostgresCluster postgres;
  private static Database database;

  @BeforeAll
  static void start() throws Exception {
    Requirement.require(PostgresCluster.isInstalled(), "postgresql");
    cleanup = Cleanup.install();
    postgres = PostgresCluster.start(cleanup, "");
    try (Connection connection = DriverManager.getConnection(postgres.ownerUrl());
        Statement statement = connection.createStatement()) {
      statement.execute(TABLES);
    }
    database = Database.open(postgres.ownerUrl(), 4);
  }

  @AfterAll
  static void stop() throws Exception {
    if (database != null) {
      database.close();
    }
    if (cleanup != null) {
      cleanup.close();
    }
  }

  private static Server serve(String backend) {
    Router.Builder routes = Router.builder();
    DatabaseRoutes.add(routes, database);
    ServerConfig config = ServerConfig.of(0).withHost("127.0.0.1");
    return Backends.named(backend).serve(config, routes.build());
  }

  private static List<World> worlds(WireClient client, String path) throws Exception {
    String json = client.get(path).read().text();
    return JsonMapper.shared().readValue(json, new TypeReference<List<World>>() {});
  }

  private static int number(int id) throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgres.ownerUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT randomnumber FROM world WHERE id=" + id)) {
      assertThat(row.next()).isTrue();
      return row.getInt(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring", "reactor:nio", "netty", "blocking"})
  void routes_answerWhatTheDatabaseHas(String backend) throws Exception {
    try (Server server = serve(backend);
        var client = new WireClient(server.port())) {
      String json = client.get("/db").read().text();
      World world = JsonMapper.shared().readValue(json, World.class);
      assertThat(world.randomNumber()).isEqualTo(number(world.id()));
      for (World updated : worlds(client, "/updates?n=3")) {
        assertThat(updated.randomNumber()).isBetween(1, 10_000).isEqualTo(number(updated.id()));
      }
      assertThat(client.get("/fortunes").read().text())
          .isEqualTo(
              "<!DOCTYPE html><html><head><title>Fortunes</title></head><body><table>"
                  + "<tr><th>id</th><th>message</th></tr>"
                  + "<tr><td>1</td><td>&lt;script&gt;alert(&quot;no&quot;);&lt;/script&gt;</td></tr>"
                  + "<tr><td>3</td><td>A bad random number generator: 1, 1 &amp; 1</td></tr>"
                  + "<tr><td>0</td><td>Additional fortune added at request time.</td></tr>"
                  + "<tr><td>2</td><td>フレームワークのベンチマーク</td></tr>"
                  + "</table></body></html>");
    }
  }

  @ParameterizedTest
  @CsvSource({"'', 1", "?n=, 1", "?n=x, 1", "?n=0, 1", "?n=-7, 1", "?n=2, 2", "?n=501, 500"})
  void queries_countIsBounded(String query, int rows) throws Exception {
    try (Server server = serve("reactor");
        var client = new WireClient(server.port())) {
      assertThat(worlds(client, "/queries" + query)).hasSize(rows);
    }
  }

  @Test
  void open_anotherDatabase_namesWhatIsExpected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Database.open("jdbc:other:x?password=secret", 1))
        .withMessageStartingWith("database: expected jdbc:postgresql:")
        .withMessageNotContaining("secret");
  }

  @Test
  void open_nobodyListens_saysSo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Database.open("jdbc:postgresql://127.0.0.1:1/x?password=secret", 1))
        .withMessageStartingWith("database: expected one at jdbc:postgresql://127.0.0.1:1/x, got: ")
        .withMessageContaining("refused")
        .withMessageNotContaining("secret");
  }
}
