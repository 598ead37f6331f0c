package dev.leantea.bench.clients;

import dev.leantea.bench.harness.server.Programs;
import dev.leantea.bench.harness.server.ServerStarter;
import dev.leantea.conformance.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/** A server of another project's, as a process, on a free port of the loopback address. */
record LocalServer(Process process, Path log, int port) implements AutoCloseable {
  /** A Redis server without files. */
  static LocalServer redis() throws IOException {
    return start(
        port -> List.of("redis-server", "--port", "" + port, "--bind", "127.0.0.1", "--save", ""));
  }

  /** An SMTP server that writes each message that it receives to its log. */
  static LocalServer smtp() throws IOException {
    return start(
        port ->
            List.of(
                "aiosmtpd",
                "-n",
                "-l",
                "127.0.0.1:" + port,
                "-c",
                "aiosmtpd.handlers.Debugging",
                "stdout"));
  }

  /** Starts a program, given a port. Returns when it listens. */
  static LocalServer start(IntFunction<List<String>> command) throws IOException {
    int port = ServerStarter.freePort();
    return start(port, command.apply(port));
  }

  /** Starts a program that listens on a port. Returns when it does. */
  static LocalServer start(int port, List<String> words) throws IOException {
    String program = words.getFirst();
    Requirement.require(Programs.onPath(program) || Files.isExecutable(Path.of(program)), program);
    Path log = Files.createTempFile("leantea-server", ".log");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    var server = new LocalServer(process, log, port);
    server.awaitStart(program);
    return server;
  }

  private void awaitStart(String program) throws IOException {
    while (!listens()) {
      if (!process.isAlive()) {
        throw new IOException(program + ": " + Files.readString(log));
      }
      Thread.onSpinWait();
    }
  }

  private boolean listens() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  /** Ends it as a crash would. */
  void kill() throws IOException {
    process.destroyForcibly();
    close();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().join();
    Files.delete(log);
  }
}
