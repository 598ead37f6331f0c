package dev.leantea.bus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * A bus in PostgreSQL 12 or later: messages are rows, and {@code NOTIFY} says which topic has new
 * ones. Needs pgjdbc ({@code org.postgresql:postgresql}) on the path, and the tables that {@link
 * #createTables} makes.
 *
 * <p>{@link #publish} returns when the message is committed, so a PostgreSQL that is killed loses
 * nothing, unless {@code synchronous_commit} or {@code fsync} are off. A notification carries the
 * name of a topic alone: messages may be larger than the 8000 bytes that {@code NOTIFY} takes.
 *
 * <p>Messages of one topic are committed one after the other. All subscriptions together keep one
 * connection for themselves. It must be a session of its own: not one of a pool between the
 * application and PostgreSQL that gives each transaction another.
 */
public final class PostgresBus implements Bus {
  static final String CHANNEL = "leantea_bus";

  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final int TRIM_EVERY = 64;

  /** Of two instances that start together, one waits for the other. */
  private static final String TABLES =
      """
      DO $$ BEGIN
        PERFORM pg_advisory_xact_lock(7236841509);
        CREATE TABLE IF NOT EXISTS leantea_bus_topic (
          topic text PRIMARY KEY, last bigint NOT NULL, previous bigint NOT NULL
        ) WITH (fillfactor = 50);
        CREATE TABLE IF NOT EXISTS leantea_bus_message (
          topic text NOT NULL, id bigint NOT NULL, previous bigint NOT NULL, message bytea NOT NULL,
          PRIMARY KEY (topic, id)
        );
      END $$
      """;

  // The row of the topic is locked until the commit: ids are committed in their order, and a
  // reader that has seen one has seen all before it. Ids are microseconds since 1970, or more, so
  // that they grow even if the tables were made anew.
  private static final String PUBLISH =
      """
      WITH place AS (
        INSERT INTO leantea_bus_topic AS t (topic, last, previous)
        VALUES (?, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, 0)
        ON CONFLICT (topic) DO UPDATE SET previous = t.last,
          last = greatest(t.last + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
        RETURNING topic, last, previous
      ), message AS (
        INSERT INTO leantea_bus_message (topic, id, previous, message)
        SELECT topic, last, previous, ? FROM place
        RETURNING topic, id
      )
      SELECT id, pg_notify('leantea_bus', topic) FROM message
      """;

  private static final String TRIM =
      """
      DELETE FROM leantea_bus_message WHERE topic = ? AND id <= (
        SELECT id FROM leantea_bus_message WHERE topic = ? ORDER BY id DESC OFFSET ? LIMIT 1)
      """;

  private final DataSource database;
  private final int retained;
  private final BusReader reader;
  private final AtomicLong published = new AtomicLong();

  /**
   * A bus in the database that the connections lead to.
   *
   * @param database a pool; the caller closes it
   * @param retained messages that each topic keeps at least, 1 or more
   */
  public PostgresBus(DataSource database, int retained) {
    this.database = database;
    this.retained = Topics.requireRetained(retained, 1);
    this.reader = new BusReader(() -> PostgresSession.open(database, retained));
  }

  /** A statement is a transaction, whatever the pool's setting is. */
  static Connection connect(DataSource database) throws SQLException {
    Connection connection = database.getConnection();
    try {
      connection.setAutoCommit(true);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Creates the tables {@code leantea_bus_topic} and {@code leantea_bus_message} if they are not
   * there. Instances may do so at the same time.
   *
   * @throws BusException when the database refuses
   */
  public void createTables() {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(TABLES);
    } catch (SQLException e) {
      throw new BusException("bus: PostgreSQL did not create its tables: " + e.getMessage(), e);
    }
  }

  @Override
  public long publish(String topic, byte[] message) {
    Topics.requireName(topic);
    long id;
    try (Connection connection = connect(database);
        PreparedStatement statement = connection.prepareStatement(PUBLISH)) {
      statement.setString(1, topic);
      statement.setBytes(2, message);
      id = id(statement);
    } catch (SQLException e) {
      throw new BusException("bus: PostgreSQL did not acknowledge a message: " + e.getMessage(), e);
    }
    if (published.incrementAndGet() % TRIM_EVERY == 0) {
      trim(topic);
    }
    return id;
  }

  private static long id(PreparedStatement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  /** The message is published by now, so a failure is not the publisher's. */
  private void trim(String topic) {
    try (Connection connection = connect(database);
        PreparedStatement statement = connection.prepareStatement(TRIM)) {
      statement.setString(1, topic);
      statement.setString(2, topic);
      statement.setInt(3, retained);
      statement.executeUpdate();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "bus: old messages of topic " + topic + " were not removed", e);
    }
  }

  @Override
  public Subscription subscribe(String topic, BusListener listener) {
    return reader.subscribe(topic, listener);
  }

  @Override
  public int retained() {
    return retained;
  }

  @Override
  public void close() {
    reader.close();
  }
}
