package dev.leantea.bench.harness.server;

import dev.leantea.bench.Resources;
import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.report.ResultFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the caller's own: a new cluster in a temporary folder, on a free port of
 * 127.0.0.1. It refuses to run as root, so root starts it as the user of Debian's package. One
 * thread, but any thread closes it.
 *
 * <ol>
 *   <li>{@link #start}; {@link #fill} adds what the TechEmpower benchmarks need.
 *   <li>{@link #stop} and {@link #resume}, as often as wanted.
 *   <li>The cleanup stops it, and deletes its folder.
 * </ol>
 */
public final class PostgresCluster implements Cleanup.Resource {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final String OWNER = "postgres";
  private static final String DATABASE = "hello_world";

  private final Path programs;
  private final Path folder;
  private final Path output;
  private final String cores;
  private final int port = ServerStarter.freePort();

  private PostgresCluster(Path programs, Cleanup cleanup, String cores) {
    this.programs = programs;
    this.folder = cleanup.temporaryFolder();
    this.output = cleanup.temporaryFolder().resolve("output");
    this.cores = cores;
  }

  /**
   * Starts it; the cleanup stops it.
   *
   * @param cores that it is pinned to, as of {@code taskset}; empty: all
   * @throws BenchException when PostgreSQL is not installed, or does not start
   */
  public static PostgresCluster start(Cleanup cleanup, String cores) {
    if (!isInstalled()) {
      throw new BenchException(
          "expected PostgreSQL in "
              + INSTALLED
              + ": install it (Debian: apt-get install postgresql)");
    }
    PostgresCluster cluster =
        cleanup.add(new PostgresCluster(newest().orElseThrow(), cleanup, cores));
    cluster.create();
    cluster.resume();
    return cluster;
  }

  /** Whether there is one to start. */
  public static boolean isInstalled() {
    return newest().isPresent();
  }

  /** The programs of the newest version. */
  private static Optional<Path> newest() {
    String[] versions = INSTALLED.toFile().list();
    return Stream.of(versions == null ? new String[0] : versions)
        .map(version -> INSTALLED.resolve(version, "bin"))
        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
        .max(Comparator.naturalOrder());
  }

  private void create() {
    if (isRoot()) {
      run(List.of("chown", OWNER, folder.toString()));
    }
    control("initdb", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
    Path settings = folder.resolve("postgresql.conf");
    String own =
        Resources.text(PostgresCluster.class, "postgresql.conf").replace("PORT", "" + port);
    ResultFile.writeText(settings, ResultFile.readText(settings) + own);
  }

  /** Starts it again. Returns when it takes connections. */
  public void resume() {
    control("pg_ctl", "-w", "-l", folder.resolve("log").toString(), "start");
  }

  /** Stops it; its connections are cut. Returns when it has ended. */
  public void stop() {
    control("pg_ctl", "-w", "-m", "fast", "stop");
  }

  /** Ends it as a crash would. Returns when it has ended. */
  public void kill() {
    control("pg_ctl", "-w", "-m", "immediate", "stop");
  }

  /** Adds the database, the user and the tables of the TechEmpower benchmarks. */
  public void fill() {
    try {
      execute(OWNER, List.of("CREATE DATABASE " + DATABASE));
      String tables = Resources.text(PostgresCluster.class, "tables.sql");
      execute(DATABASE, List.of(tables.split(";\\n", -1)));
    } catch (SQLException e) {
      throw new BenchException("cannot fill the database: " + e.getMessage(), e);
    }
  }

  private void execute(String database, List<String> statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(ownerUrl(database));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  /** Of JDBC, for the owner of the cluster and the database that each cluster has. */
  public String ownerUrl() {
    return ownerUrl(OWNER);
  }

  private String ownerUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + OWNER;
  }

  /** Of JDBC, for the benchmarks' database, with user and password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=benchmarkdbuser&password=benchmarkdbpass"
        .formatted(port, DATABASE);
  }

  private void control(String program, String... arguments) {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(List.of("env", "--chdir=/")); // the owner may not enter this folder
      command.addAll(List.of("setpriv", "--reuid=" + OWNER, "--regid=" + OWNER, "--init-groups"));
    }
    command.addAll(List.of(programs.resolve(program).toString(), "-D", folder.toString()));
    command.addAll(List.of(arguments));
    run(Cores.pinned(cores, command));
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private void run(List<String> command) {
    try { // into a file: a pipe would be inherited by the server
      if (Programs.start(command, Redirect.to(output.toFile())).waitFor() != 0) {
        String last = Programs.lastLine(ResultFile.readText(output));
        throw new BenchException(String.join(" ", command) + " failed: " + last);
      }
    } catch (InterruptedException e) {
      throw BenchException.interrupted(e);
    }
  }

  @Override
  public void close() {
    try {
      if (Files.exists(folder.resolve("postmaster.pid"))) {
        stop();
      }
    } catch (BenchException e) {
      System.err.println("bench: cannot stop PostgreSQL: " + e.getMessage());
    }
  }
}
