package com.example.expenses;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL of the tests' own, in a temporary folder: PostgreSQL refuses to run as root, and its
 * user might not be allowed to enter the project's. Debian: {@code apt-get install postgresql}.
 */
final class PostgreSql implements AutoCloseable {
  private static final String OWNER = "postgres";
  private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path programs;
  private final Path folder;
  private final int port;

  private PostgreSql(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** Returns when it takes connections. */
  static PostgreSql start() throws IOException {
    Path folder = Files.createTempDirectory("expenses-");
    var server = new PostgreSql(programs(), folder, freePort());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    if (IS_ROOT) {
      run(List.of("chown", OWNER, folder.toString()));
    }
    server.control("initdb", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
    Files.writeString(
        folder.resolve("postgresql.conf"),
        """

        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        fsync = off
        """
            .formatted(server.port),
        StandardOpenOption.APPEND);
    server.control("pg_ctl", "-w", "-l", folder.resolve("log").toString(), "start");
    return server;
  }

  private static Path programs() throws IOException {
    try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions.max(Comparator.naturalOrder()).orElseThrow().resolve("bin");
    }
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The URL of a new, empty database. */
  String newDatabase() throws SQLException {
    String name = "expenses" + DATABASES.incrementAndGet();
    try (var connection = DriverManager.getConnection(url(OWNER));
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return url(name);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + OWNER;
  }

  private void control(String program, String... arguments) {
    var command = new ArrayList<String>();
    if (IS_ROOT) {
      command.addAll(List.of("setpriv", "--reuid=" + OWNER, "--regid=" + OWNER, "--init-groups"));
    }
    command.addAll(List.of(programs.resolve(program).toString(), "-D", folder.toString()));
    command.addAll(List.of(arguments));
    run(command);
  }

  /** Runs a program, which may leave a server behind. */
  static void run(List<String> command) {
    try {
      Path said = Files.createTempFile("expenses-", ".out");
      int status =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile()) // a pipe would be open as long as the server
              .start()
              .waitFor();
      String output = Files.readString(said);
      Files.delete(said);
      if (status != 0) {
        throw new IllegalStateException(command + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: " + command, e);
    }
  }

  @Override
  public synchronized void close() {
    if (!Files.exists(folder)) {
      return; // the second time
    }
    if (Files.exists(folder.resolve("postmaster.pid"))) {
      control("pg_ctl", "-w", "-m", "immediate", "stop");
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
