package dev.leantea.bench.harness.rolling;

import dev.leantea.bench.Resources;
import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.result.ResultFile;
import dev.leantea.bench.harness.server.HttpProbe;
import dev.leantea.bench.harness.server.ServerStarter;
import dev.leantea.bench.harness.server.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A load balancer as a process, with the configuration that docs/DEPLOYMENT.md gives. It speaks
 * HTTP/1.1 and HTTP/2 over TLS to clients, HTTP/1.1 to the instances.
 */
public final class Balancer implements Cleanup.Resource {
  /** Which one. */
  public enum Kind {
    HAPROXY("/usr/sbin/haproxy"),
    NGINX("/usr/sbin/nginx");

    private final Path program;

    Kind(String program) {
      this.program = Path.of(program);
    }

    /** Whether it is where Debian's package puts it. */
    public boolean isInstalled() {
      return Files.isExecutable(program);
    }
  }

  private static final long MAX_SECONDS = 30;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Kind kind;
  private final int port = ServerStarter.freePort();
  private final int statusPort = ServerStarter.freePort();
  private final Path log;
  private final Process process;

  private Balancer(Kind kind, Path folder, TlsFiles tls, List<Integer> instances) {
    this.kind = kind;
    this.log = folder.resolve("balancer.log");
    Path file = folder.resolve("balancer.conf");
    Path both = folder.resolve("site.pem"); // HAProxy wants certificate and key in one file
    try {
      ResultFile.writeText(both, Files.readString(tls.certificate()) + Files.readString(tls.key()));
      ResultFile.writeText(file, configuration(tls, both, instances));
      this.process =
          new ProcessBuilder(command(folder, file))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new BenchException("cannot start " + kind.program + ": " + e.getMessage(), e);
    }
  }

  /** Starts one; returns when it passes requests on. */
  static Balancer start(
      Cleanup cleanup, Kind kind, Path folder, TlsFiles tls, List<Integer> instances) {
    if (!kind.isInstalled()) {
      throw new BenchException("expected " + kind.program + ": install it");
    }
    var balancer = cleanup.add(new Balancer(kind, folder, tls, instances));
    balancer.await("an answer", () -> HttpProbe.check(balancer.port, "/health", tls).isEmpty());
    return balancer;
  }

  private List<String> command(Path folder, Path file) {
    return switch (kind) {
      case HAPROXY -> List.of(kind.program.toString(), "-db", "-f", file.toString());
      case NGINX ->
          List.of(kind.program.toString(), "-p", folder.toString(), "-c", file.toString());
    };
  }

  private String configuration(TlsFiles tls, Path both, List<Integer> instances) {
    String name = kind == Kind.HAPROXY ? "haproxy.cfg" : "nginx.conf";
    return Resources.text(Balancer.class, name)
        .replace("STATUS_PORT", "" + statusPort)
        .replace("PORT", "" + port)
        .replace("BOTH", both.toString())
        .replace("CERTIFICATE", tls.certificate().toString())
        .replace("KEY", tls.key().toString())
        .replace("SERVERS", servers(instances));
  }

  private String servers(List<Integer> instances) {
    return IntStream.range(0, instances.size())
        .mapToObj(
            i ->
                kind == Kind.HAPROXY
                    ? "server s%d 127.0.0.1:%d".formatted(i, instances.get(i))
                    : "server 127.0.0.1:%d max_fails=0;".formatted(instances.get(i)))
        .collect(Collectors.joining("\n  "));
  }

  int port() {
    return port;
  }

  /** Returns when all instances get requests: before that, the next must not be restarted. */
  void awaitAllUp(int instances) {
    if (kind == Kind.HAPROXY) { // nginx has no health checks
      await("all instances up", () -> up() == instances);
    }
  }

  private long up() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + statusPort + "/;csv"));
      String lines = client.send(request.build(), BodyHandlers.ofString()).body();
      return lines.lines().filter(line -> line.matches("app,s\\d.*,UP,.*")).count();
    } catch (IOException e) {
      return 0; // not yet
    } catch (InterruptedException e) {
      throw BenchException.interrupted(e);
    }
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new BenchException("expected " + what + " of " + kind.program + "; log: " + log());
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** What it printed: nginx has a line for each attempt that failed. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
