package dev.leantea.bench.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.leantea.net.LoopSocketFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The benchmark's tables, asked with plain JDBC over a pool of connections. Every method blocks.
 * Any thread.
 */
public final class Database implements AutoCloseable {
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String SELECT_WORLD = "SELECT id, randomnumber FROM world WHERE id = ?";
  private static final String UPDATE_WORLD = "UPDATE world SET randomnumber = ? WHERE id = ?";
  private static final String SELECT_FORTUNES = "SELECT id, message FROM fortune";
  private static final String ADDED_FORTUNE = "Additional fortune added at request time.";

  /** A parameter of the driver: its sockets wait in the loop that carries the handler. */
  private static final String SOCKET_FACTORY = "socketFactory";

  private final HikariDataSource pool;

  /**
   * One for each connection: handlers wait here, and never in the pool, which would wake a thread
   * of its own for each of them.
   */
  private final Semaphore free;

  private Database(HikariDataSource pool, int connections) {
    this.pool = pool;
    this.free = new Semaphore(connections);
  }

  /**
   * Opens the pool.
   *
   * @param url of JDBC, with {@code user} and {@code password} among its parameters
   * @param connections that are open all the time, each for one handler at a time
   * @throws IllegalArgumentException when there is no such database, or it cannot be reached
   */
  public static Database open(String url, int connections) {
    if (!url.startsWith(POSTGRESQL)) {
      throw new IllegalArgumentException(
          "database: expected " + POSTGRESQL + "//HOST[:PORT]/NAME?user=…, got another URL");
    }
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(connections);
    if (!url.contains(SOCKET_FACTORY + "=")) {
      config.addDataSourceProperty(SOCKET_FACTORY, LoopSocketFactory.class.getName());
    }
    try {
      return new Database(new HikariDataSource(config), connections);
    } catch (PoolInitializationException e) { // the URL's parameters may have a password
      String place = url.replaceFirst("\\?.*", "");
      throw new IllegalArgumentException(
          "database: expected one at " + place + ", got: " + lastCause(e).getMessage(), e);
    }
  }

  private static Throwable lastCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Override
  public void close() {
    pool.close();
  }

  /** One row. */
  World world() throws SQLException {
    return worlds(1).getFirst();
  }

  /** What is done with a connection. */
  private interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private <T> T withConnection(Work<T> work) throws SQLException {
    free.acquireUninterruptibly();
    try (Connection connection = pool.getConnection()) {
      return work.run(connection);
    } finally {
      free.release();
    }
  }

  /** Rows with ids drawn at random, each in a query of its own, as the benchmark wants it. */
  List<World> worlds(int count) throws SQLException {
    return withConnection(connection -> worlds(connection, count));
  }

  private static List<World> worlds(Connection connection, int count) throws SQLException {
    var worlds = new ArrayList<World>(count);
    try (PreparedStatement select = connection.prepareStatement(SELECT_WORLD)) {
      for (int i = 0; i < count; i++) {
        worlds.add(world(select));
      }
    }
    return worlds;
  }

  private static World world(PreparedStatement select) throws SQLException {
    int id = World.random();
    select.setInt(1, id);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new SQLException(
            "world: expected rows with the ids 1 to " + World.ROWS + ", found none with " + id);
      }
      return new World(row.getInt(1), row.getInt(2));
    }
  }

  /** Reads rows as {@link #worlds}, and gives each a new number in one batch. */
  List<World> updatedWorlds(int count) throws SQLException {
    return withConnection(connection -> update(connection, worlds(connection, count)));
  }

  private static List<World> update(Connection connection, List<World> worlds) throws SQLException {
    worlds.replaceAll(World::withNewNumber);
    worlds.sort(Comparator.comparingInt(World::id)); // two batches in one order do not deadlock
    try (PreparedStatement update = connection.prepareStatement(UPDATE_WORLD)) {
      for (World world : worlds) {
        update.setInt(1, world.randomNumber());
        update.setInt(2, world.id());
        update.addBatch();
      }
      update.executeBatch();
    }
    return worlds;
  }

  /** All of them and one more, in the order of their messages. */
  List<Fortune> fortunes() throws SQLException {
    List<Fortune> fortunes = withConnection(Database::fortunes);
    fortunes.add(new Fortune(0, ADDED_FORTUNE));
    fortunes.sort(Comparator.comparing(Fortune::message));
    return fortunes;
  }

  private static List<Fortune> fortunes(Connection connection) throws SQLException {
    var fortunes = new ArrayList<Fortune>();
    try (PreparedStatement select = connection.prepareStatement(SELECT_FORTUNES);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        fortunes.add(new Fortune(row.getInt(1), row.getString(2)));
      }
    }
    return fortunes;
  }
}
