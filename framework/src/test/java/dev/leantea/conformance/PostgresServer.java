package dev.leantea.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL server with a cluster of its own, on a free port of the loopback address. It refuses
 * to run as root, so root starts it as the user of Debian's package, in a directory which that user
 * can reach.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");
  private static final String USER = "postgres";

  private final Path programs;
  private final Path directory;
  private final int port;
  private final Thread hook = new Thread(this::stopQuietly);

  private PostgresServer(Path programs, Path directory, int port) {
    this.programs = programs;
    this.directory = directory;
    this.port = port;
  }

  /** Makes a cluster and starts it. */
  public static PostgresServer start() throws IOException, InterruptedException {
    Path programs = programs();
    Requirement.require(!programs.toString().isEmpty(), "postgresql");
    Path directory = Files.createTempDirectory("leantea-postgres");
    var server = new PostgresServer(programs, directory, freePort());
    if (isRoot()) {
      run(List.of("chown", USER, directory.toString()));
    }
    server.run("initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
    Files.writeString(
        directory.resolve("postgresql.conf"), server.settings(), StandardOpenOption.APPEND);
    Runtime.getRuntime().addShutdownHook(server.hook);
    server.resume();
    return server;
  }

  /** Of the newest version that is installed; empty when there is none. */
  private static Path programs() throws IOException {
    if (!Files.isDirectory(PROGRAMS)) {
      return Path.of("");
    }
    try (Stream<Path> versions = Files.list(PROGRAMS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder())
          .orElse(Path.of(""));
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String settings() {
    return """
    listen_addresses = '127.0.0.1'
    port = %d
    unix_socket_directories = ''
    fsync = off
    synchronous_commit = off
    max_connections = 100
    """
        .formatted(port);
  }

  /** Of JDBC, for the database that each cluster has. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER;
  }

  /** Starts it again. Returns when it takes connections. */
  public void resume() throws IOException, InterruptedException {
    run("pg_ctl", "-w", "-l", directory.resolve("log").toString(), "start");
  }

  /** Stops it; its connections are cut. Returns when it has ended. */
  public void stop() throws IOException, InterruptedException {
    run("pg_ctl", "-w", "-m", "fast", "stop");
  }

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups"));
    }
    command.addAll(List.of(programs.resolve(program).toString(), "-D", directory.toString()));
    command.addAll(List.of(arguments));
    run(command);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("leantea-postgres", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile()) // a pipe would be inherited by the server
              .start();
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + Files.readString(output));
      }
    } finally {
      Files.delete(output);
    }
  }

  private void stopQuietly() {
    try {
      stop();
    } catch (IOException e) {
      // it was not running
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    stopQuietly();
    Runtime.getRuntime().removeShutdownHook(hook);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
