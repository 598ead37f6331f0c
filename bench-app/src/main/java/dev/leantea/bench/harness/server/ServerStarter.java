package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.container.ContainerEngine;
import dev.leantea.bench.harness.peer.BareNetty;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Starts servers and waits until they answer.
 *
 * @param cleanup takes each of them
 * @param workspace for configurations and logs
 * @param cores that the servers get
 * @param javaOptions for the JVMs of LeanTea
 * @param containers runs nginx where it is not on PATH
 * @param nginxImage where nginx is not on PATH
 * @param patienceSeconds how long a server may take to its first answer
 * @param serial numbers the files, so that no two have the same name
 */
public record ServerStarter(
    Cleanup cleanup,
    Workspace workspace,
    Cores cores,
    List<String> javaOptions,
    Supplier<ContainerEngine> containers,
    String nginxImage,
    int patienceSeconds,
    AtomicInteger serial) {
  private static final int ANY_PORT = 0;

  /**
   * Starts a server and returns when {@code GET /health} was answered with 200.
   *
   * @throws BenchException when it cannot be started, ends, or does not answer in time
   */
  public RunningServer start(ServerSpec spec, Placement placement) throws BenchException {
    if (spec instanceof ServerSpec.Nginx && !Cores.onPath(spec.name())) {
      return nginxContainer(placement);
    }
    int port = spec instanceof ServerSpec.Nginx ? freePort() : ANY_PORT;
    ServerProcess server = spawn(launch(spec, placement, port, javaOptions));
    awaitAnswer(server);
    return server;
  }

  /**
   * Starts a server on all cores and ends it again.
   *
   * @return milliseconds from the start of its process to its first answer
   * @throws BenchException when it cannot be started, ends, or does not answer in time
   */
  public double millisToFirstAnswer(ServerSpec spec, List<String> options) throws BenchException {
    Launch launch = launch(spec, Placement.SHARED, freePort(), options);
    long before = System.nanoTime();
    ServerProcess server = spawn(launch);
    awaitAnswer(server);
    double millis = (System.nanoTime() - before) / 1e6;
    cleanup.release(server);
    return millis;
  }

  /** The port is for servers that are told theirs. */
  private Launch launch(ServerSpec spec, Placement placement, int port, List<String> options)
      throws BenchException {
    return switch (spec) {
      case ServerSpec.LeanTea leanTea ->
          new Launch(leanTea.name(), placement, port, leanTea(leanTea, options, port));
      case ServerSpec.Nginx(String name) ->
          new Launch(name, placement, port, nginx(port, placement));
      case ServerSpec.BareNetty(String name) ->
          new Launch(name, placement, port, bareNetty(options, port));
      case ServerSpec.Peer(String name, int own, String command) ->
          new Launch(name, placement, own, List.of("sh", "-c", command));
    };
  }

  private static List<String> leanTea(ServerSpec.LeanTea spec, List<String> options, int port) {
    List<String> serve =
        List.of("serve", "--backend", spec.backend(), "--port", Integer.toString(port));
    return spec.jar()
        .map(jar -> JavaCommand.jar(jar, options, serve))
        .orElseGet(() -> JavaCommand.self(options, serve));
  }

  private List<String> bareNetty(List<String> options, int port) {
    return JavaCommand.beside(
        options,
        BareNetty.class.getName(),
        BareNetty.NESTED,
        workspace.folder(),
        Integer.toString(port));
  }

  private List<String> nginx(int port, Placement placement) throws BenchException {
    Path folder = workspace.folder().resolve("nginx-" + serial.incrementAndGet());
    Path file = folder.resolve("nginx.conf");
    try {
      Files.createDirectories(folder);
      Files.writeString(file, new NginxConfig(folder, port, cores.serverCores(placement)).text());
    } catch (IOException e) {
      throw new BenchException("cannot write " + file + ": " + e, e);
    }
    return List.of(ServerSpec.Nginx.NAME, "-p", folder.toString(), "-c", file.toString());
  }

  private RunningServer nginxContainer(Placement placement) throws BenchException {
    if (!containers.get().answers()) {
      throw new BenchException(
          "neither on PATH nor to be had in a container: install it (Debian: apt-get install"
              + " nginx), or start Docker");
    }
    ContainerEngine.Startable container =
        cleanup.add(containers.get().nginx(nginxImage, freePort(), placement, cores));
    try {
      container.begin();
      Readiness.await(container, patienceSeconds);
      return container;
    } catch (BenchException e) {
      cleanup.release(container);
      throw e;
    }
  }

  /** Starts a LeanTea server with these options of the JVM, on a port that it picks. */
  ServerProcess startJava(ServerSpec.LeanTea spec, List<String> options) throws BenchException {
    ServerProcess server = spawn(launch(spec, Placement.SHARED, ANY_PORT, options));
    awaitAnswer(server);
    return server;
  }

  private void awaitAnswer(ServerProcess server) throws BenchException {
    try {
      int port = Readiness.await(server, patienceSeconds);
      server.answered(port, about(server));
    } catch (BenchException e) {
      cleanup.release(server);
      throw e;
    }
  }

  /** nginx's version, or the line in which a server told its address. */
  private static String about(ServerProcess server) throws BenchException {
    return server.name().equals(ServerSpec.Nginx.NAME)
        ? Commands.firstLine(List.of(ServerSpec.Nginx.NAME, "-v"))
        : Readiness.announcement(server.output());
  }

  private ServerProcess spawn(Launch launch) throws BenchException {
    String set = cores.serverSet(launch.placement());
    List<String> command = Cores.pinned(set, launch.command());
    Path log = workspace.folder().resolve("server-" + serial.incrementAndGet() + ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Contender contender = new Contender(launch.name(), "", launch.placement(), command);
      ServerProcess server = cleanup.add(new ServerProcess(process, log, launch.port(), contender));
      process.getOutputStream().close();
      return server;
    } catch (IOException e) {
      throw new BenchException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
    }
  }

  /** A port that nobody listens on now. */
  private static int freePort() throws BenchException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchException("no free port on 127.0.0.1: " + e.getMessage(), e);
    }
  }
}
