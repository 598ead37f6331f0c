package dev.leantea.bench.harness.server;

import dev.leantea.bench.Resources;
import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.report.ResultFile;
import dev.leantea.bench.harness.report.Results.ServerInfo;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/**
 * Starts servers and waits until they answer.
 *
 * @param cleanup takes each of them
 * @param folder for configurations and logs
 * @param javaOptions for the JVMs of LeanTea
 * @param timeoutSeconds until the first answer; 0: as each server needs
 * @param serial numbers the files in the folder
 * @param tls what servers speak HTTPS with; empty: they speak HTTP
 */
public record ServerStarter(
    Cleanup cleanup,
    Path folder,
    Cores cores,
    List<String> javaOptions,
    int timeoutSeconds,
    AtomicInteger serial,
    Optional<TlsFiles> tls) {
  private static final int ANY_PORT = 0;
  private static final int START_SECONDS = 20;
  private static final String BARE_NETTY = "dev.leantea.bench.peer.BareNetty";

  /** One on this machine, with a folder of its own, whose servers speak HTTP. */
  public ServerStarter(Cleanup cleanup, List<String> javaOptions, int timeoutSeconds) {
    this(
        cleanup,
        cleanup.temporaryFolder(),
        Cores.here(),
        javaOptions,
        timeoutSeconds,
        new AtomicInteger(),
        Optional.empty());
  }

  /** The same, but servers speak HTTPS. */
  public ServerStarter with(TlsFiles files) {
    return new ServerStarter(
        cleanup, folder, cores, javaOptions, timeoutSeconds, serial, Optional.of(files));
  }

  /**
   * Starts a server and returns when it has answered its {@link ServerSpec#probe} with 200.
   *
   * @throws BenchException when it cannot be started, ends, or does not answer in time
   */
  public ServerProcess start(ServerSpec spec, Placement placement) {
    int port = spec instanceof ServerSpec.Nginx ? freePort() : ANY_PORT;
    return start(spec, placement, port, javaOptions);
  }

  /** Starts nginx as the server that others ask for {@code /upstream}, on the cores of wrk. */
  public ServerProcess startUpstream() {
    int port = freePort();
    List<String> nginx = nginx("upstream.conf", port, 1, new ServerSpec.Nginx("upstream", 0, 0));
    List<String> command = Cores.pinned(cores.wrkSet(Placement.PINNED), nginx);
    var info = new ServerInfo("upstream", "", Placement.PINNED, command);
    return start(info, port, "/health", timeoutSeconds > 0 ? timeoutSeconds : START_SECONDS);
  }

  /**
   * Starts a server on all cores and ends it again.
   *
   * @return milliseconds from the start of its process to its first answer
   */
  public double millisToFirstAnswer(ServerSpec spec, List<String> options) {
    int port = freePort(); // a server that chooses one is asked only after its line was read
    long before = System.nanoTime();
    ServerProcess server = start(spec, Placement.SHARED, port, options);
    double millis = (System.nanoTime() - before) / 1e6;
    cleanup.release(server);
    return millis;
  }

  /** The same on a given port, with other options of the JVM. */
  public ServerProcess start(ServerSpec spec, Placement placement, int port, List<String> options) {
    List<String> command =
        Cores.pinned(cores.serverSet(placement), command(spec, placement, port, options));
    int fixed = spec instanceof ServerSpec.Peer peer ? peer.port() : port;
    int seconds = timeoutSeconds > 0 ? timeoutSeconds : spec.startSeconds();
    return start(new ServerInfo(spec.name(), "", placement, command), fixed, spec.probe(), seconds);
  }

  /**
   * Starts the command of any server.
   *
   * @param port that it listens on; 0: it chooses one and prints its address
   * @param probe a path that it answers with 200
   * @param seconds until it has to have done that
   */
  public ServerProcess start(ServerInfo info, int port, String probe, int seconds) {
    Path log = newFile("server", ".log");
    Process process = Programs.start(info.command(), Redirect.to(log.toFile()));
    ServerProcess server = cleanup.add(new ServerProcess(process, log, info, port, probe()));
    try {
      server.awaitAnswer(probe, seconds);
      return server;
    } catch (BenchException e) {
      cleanup.release(server);
      throw e;
    }
  }

  /** What asks these servers. */
  public HttpProbe probe() {
    return new HttpProbe(
        tls.<SocketFactory>map(it -> it.client().getSocketFactory())
            .orElse(SocketFactory.getDefault()));
  }

  private List<String> command(
      ServerSpec spec, Placement placement, int port, List<String> options) {
    return switch (spec) {
      case ServerSpec.LeanTea leanTea -> {
        var serve = new ArrayList<>(List.of("serve", "--backend", leanTea.backend()));
        serve.addAll(List.of("--port", Integer.toString(port)));
        serve.addAll(leanTea.options());
        tls.ifPresent(it -> serve.addAll(it.serveOptions()));
        yield leanTea
            .jar()
            .map(jar -> JavaCommand.jar(jar, options, serve))
            .orElseGet(() -> JavaCommand.self(options, serve));
      }
      case ServerSpec.Nginx nginx -> nginx("nginx.conf", port, cores.serverCores(placement), nginx);
      case ServerSpec.BareNetty _ -> JavaCommand.main(BARE_NETTY, options, Integer.toString(port));
      case ServerSpec.Peer peer -> List.of("sh", "-c", peer.command());
    };
  }

  private List<String> nginx(String configuration, int port, int workers, ServerSpec.Nginx nginx) {
    if (!Programs.onPath(ServerSpec.NGINX)) {
      throw new BenchException("not on PATH: install it (Debian: apt-get install nginx)");
    }
    Path prefix = newFile("nginx", "");
    Path file = prefix.resolve("nginx.conf");
    ResultFile.writeText(
        file,
        Resources.text(ServerStarter.class, configuration)
            .replace("WORKERS", Integer.toString(workers))
            .replace("UPSTREAM", Integer.toString(Math.max(1, nginx.upstreamPort())))
            .replace("HTTP2", http2(nginx.http2Port()))
            .replace("PORT", Integer.toString(port))
            .replace("OPTIONS", (workers > 1 ? "reuseport" : "") + (tls.isEmpty() ? "" : " ssl"))
            .replace("SECURE", tls.map(TlsFiles::nginxDirectives).orElse("")));
    return List.of(ServerSpec.NGINX, "-p", prefix.toString(), "-c", file.toString());
  }

  private static String http2(int port) {
    return port == 0 ? "" : "listen 127.0.0.1:" + port + " http2 backlog=1024 OPTIONS;";
  }

  /** A name in the folder that nothing has yet. */
  public Path newFile(String name, String extension) {
    return folder.resolve(name + "-" + serial.incrementAndGet() + extension);
  }

  /** A port of the loopback address that nobody listens on. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchException("no free port on 127.0.0.1: " + e.getMessage(), e);
    }
  }
}
