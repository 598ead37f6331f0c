package dev.leantea.bench.clients;

import dev.leantea.bench.harness.server.Programs;
import dev.leantea.conformance.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Redis server without files, on a free port of the loopback address. */
record RedisServer(Process process, Path log, int port) implements AutoCloseable {
  static RedisServer start() throws IOException {
    Requirement.require(Programs.onPath("redis-server"), "redis-server on PATH");
    int port = freePort();
    Path log = Files.createTempFile("leantea-redis", ".log");
    Process process =
        new ProcessBuilder("redis-server", "--port", "" + port, "--bind", "127.0.0.1", "--save", "")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var server = new RedisServer(process, log, port);
    server.awaitStart();
    return server;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart() throws IOException {
    while (!listens()) {
      if (!process.isAlive()) {
        throw new IOException("redis-server: " + Files.readString(log));
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

  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().join();
    Files.delete(log);
  }
}
