package dev.leantea.bus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Reads the table. It listens before it reads for the first time, so what is committed meanwhile is
 * either read or notified.
 */
final class PostgresSession implements BusSession {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final String NEWEST =
      "SELECT id, previous, message FROM leantea_bus_message WHERE topic = ?"
          + " ORDER BY id DESC LIMIT ?";
  private static final String NEXT =
      "SELECT id, previous, message FROM leantea_bus_message WHERE topic = ? AND id > ?"
          + " ORDER BY id LIMIT ?";

  /** Silence after which all topics are read: a connection that is gone is noticed. */
  private static final long MAX_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int MAX_ANSWER_MILLIS = 10_000;

  private final Connection connection;
  private final PGConnection notified;
  private final int retained;
  private final Set<String> known = new HashSet<>();
  private final Set<String> pending = new HashSet<>();
  private long lastRead = System.nanoTime();

  private PostgresSession(Connection connection, int retained) throws SQLException {
    this.connection = connection;
    this.notified = connection.unwrap(PGConnection.class);
    this.retained = retained;
  }

  static PostgresSession open(DataSource database, int retained) throws SQLException {
    Connection connection = PostgresBus.connect(database);
    try {
      connection.setNetworkTimeout(Runnable::run, MAX_ANSWER_MILLIS);
      try (Statement statement = connection.createStatement()) {
        statement.execute("LISTEN " + PostgresBus.CHANNEL);
      }
      return new PostgresSession(connection, retained);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public List<BusMessage> retained(String topic) throws SQLException {
    return newest(topic, retained).reversed();
  }

  @Override
  public long newest(String topic) throws SQLException {
    return newest(topic, 1).stream().mapToLong(BusMessage::id).findFirst().orElse(0);
  }

  private List<BusMessage> newest(String topic, int count) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
      statement.setString(1, topic);
      statement.setInt(2, count);
      return messages(statement);
    }
  }

  @Override
  public Map<String, List<BusMessage>> read(Map<String, Long> positions) throws SQLException {
    for (String topic : positions.keySet()) {
      if (known.add(topic)) {
        pending.add(topic);
      }
    }
    if (pending.isEmpty()) {
      await();
    }
    if (System.nanoTime() - lastRead > MAX_SILENCE_NANOS) {
      pending.addAll(positions.keySet());
    }
    pending.retainAll(positions.keySet());
    known.retainAll(positions.keySet());
    var read = new HashMap<String, List<BusMessage>>();
    for (String topic : List.copyOf(pending)) {
      read.put(topic, next(topic, positions.getOrDefault(topic, 0L)));
    }
    return read;
  }

  private void await() throws SQLException {
    PGNotification[] notifications = notified.getNotifications(MAX_WAIT_MILLIS);
    if (notifications != null) {
      for (PGNotification notification : notifications) {
        pending.add(notification.getParameter());
      }
    }
  }

  /** A topic that may have more stays pending. */
  private List<BusMessage> next(String topic, long position) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
      statement.setString(1, topic);
      statement.setLong(2, position);
      statement.setInt(3, MAX_MESSAGES);
      List<BusMessage> messages = messages(statement);
      if (messages.size() < MAX_MESSAGES) {
        pending.remove(topic);
      }
      lastRead = System.nanoTime();
      return messages;
    }
  }

  private static List<BusMessage> messages(PreparedStatement statement) throws SQLException {
    var messages = new ArrayList<BusMessage>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        messages.add(new BusMessage(rows.getLong(1), rows.getLong(2), rows.getBytes(3)));
      }
    }
    return messages;
  }

  /** The pool's next user must hear nothing of the topics. */
  @Override
  public void close() {
    try (connection;
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, 0);
      statement.execute("UNLISTEN *");
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "bus: the connection is broken, which its pool learns", e);
    }
  }
}
