package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.result.Contender;
import dev.leantea.bench.harness.result.Placement;
import dev.leantea.bench.harness.run.Cleanup;
import dev.leantea.bench.harness.run.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts servers and waits until they answer.
 *
 * @param cleanup takes each process
 * @param workspace for configurations and logs
 * @param cores that the servers get
 * @param javaOptions for the JVMs of LeanTea
 * @param patienceSeconds how long a server may take to its first answer
 * @param serial numbers the files
 */
public record ServerStarter(
    Cleanup cleanup,
    Workspace workspace,
    Cores cores,
    List<String> javaOptions,
    int patienceSeconds,
    AtomicInteger serial) {
  private static final Pattern ADDRESS = Pattern.compile("http://[^\\s/]+:(\\d+)");
  private static final long POLL_MILLIS = 1;
  private static final int PORT_UNKNOWN = 0;

  /**
   * Starts a server and returns when {@code GET /health} was answered with 200.
   *
   * @throws BenchException when it cannot be started, ends, or does not answer in time
   */
  public ServerProcess start(ServerSpec spec, Placement placement) throws BenchException {
    ServerProcess server = launch(spec, placement, javaOptions);
    try {
      return ready(server);
    } catch (BenchException e) {
      cleanup.release(server);
      throw e;
    }
  }

  /** Starts the process only; its port may not be known yet. */
  ServerProcess launch(ServerSpec spec, Placement placement, List<String> options)
      throws BenchException {
    return switch (spec) {
      case ServerSpec.LeanTea(String name) ->
          spawn(name, placement, PORT_UNKNOWN, JavaCommand.self(options, serve(name, 0)));
      case ServerSpec.Nginx(String name) -> nginx(name, placement, freePort());
      case ServerSpec.Peer(String name, int port, String command) ->
          spawn(name, placement, port, List.of("sh", "-c", command));
    };
  }

  static List<String> serve(String backend, int port) {
    return List.of("serve", "--backend", backend, "--port", Integer.toString(port));
  }

  private ServerProcess nginx(String name, Placement placement, int port) throws BenchException {
    if (!Cores.onPath("nginx")) {
      throw new BenchException("not on PATH; install it (Debian: apt-get install nginx)");
    }
    Path folder = workspace.folder().resolve("nginx-" + serial.incrementAndGet());
    Path file = folder.resolve("nginx.conf");
    int workers = cores.serverCores(placement);
    try {
      Files.createDirectories(folder);
      Files.writeString(file, new NginxConfig(folder, port, workers).text());
    } catch (IOException e) {
      throw new BenchException("cannot write " + file + ": " + e, e);
    }
    List<String> command = List.of("nginx", "-p", folder.toString(), "-c", file.toString());
    return spawn(name, placement, port, command);
  }

  ServerProcess spawn(String name, Placement placement, int port, List<String> command)
      throws BenchException {
    List<String> pinned = Cores.pinned(cores.serverSet(placement), command);
    Path log = workspace.folder().resolve("server-" + serial.incrementAndGet() + ".log");
    try {
      Process process =
          new ProcessBuilder(pinned).redirectErrorStream(true).redirectOutput(log.toFile()).start();
      process.getOutputStream().close();
      Contender contender = new Contender(name, "", placement, pinned);
      return cleanup.add(new ServerProcess(process, log, port, contender));
    } catch (IOException e) {
      throw new BenchException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
    }
  }

  private ServerProcess ready(ServerProcess started) throws BenchException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
    String last = "no port announced";
    while (System.nanoTime() < deadline) {
      started.requireAlive();
      OptionalInt port = port(started);
      if (port.isPresent()) {
        last = attempt(port.getAsInt());
        if (last.isEmpty()) {
          started.answered(port.getAsInt(), about(started));
          return started;
        }
      }
      pause();
    }
    throw new BenchException(unanswered(started, last));
  }

  private String unanswered(ServerProcess server, String last) {
    String place = server.port() == PORT_UNKNOWN ? "" : " on port " + server.port();
    return "expected 200 from /health"
        + place
        + " within "
        + patienceSeconds
        + " s, got: "
        + last
        + server.lastWords();
  }

  /** The fixed port, or the one in the line that the server printed. */
  private static OptionalInt port(ServerProcess server) {
    if (server.port() != PORT_UNKNOWN) {
      return OptionalInt.of(server.port());
    }
    Matcher address = ADDRESS.matcher(server.output());
    return address.find()
        ? OptionalInt.of(Integer.parseInt(address.group(1)))
        : OptionalInt.empty();
  }

  /** Empty when the server answered as it should, else what it did. */
  static String attempt(int port) {
    try {
      int status = HttpProbe.status(port, "/health");
      return status == 200 ? "" : "status " + status;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The line a LeanTea server printed; nginx's version; nothing of others. */
  private static String about(ServerProcess server) throws BenchException {
    if (server.name().equals(ServerSpec.Nginx.NAME)) {
      return Commands.firstLine(List.of("nginx", "-v"));
    }
    return server.output().lines().filter(ADDRESS.asPredicate()).findFirst().orElse("");
  }

  static void pause() throws BenchException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /** A port that nobody listens on now. */
  static int freePort() throws BenchException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchException("no free port on 127.0.0.1: " + e.getMessage(), e);
    }
  }
}
