package dev.leantea.bench.harness.rolling;

import dev.leantea.bench.Resources;
import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.report.ResultFile;
import dev.leantea.bench.harness.report.Results.ServerInfo;
import dev.leantea.bench.harness.server.ServerProcess;
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
import java.util.stream.Collectors;

/**
 * A load balancer as a process, with the configuration that docs/DEPLOYMENT.md gives. It speaks
 * HTTP/1.1 and HTTP/2 over TLS to clients, HTTP/1.1 to the instances.
 *
 * @param statusPort where HAProxy tells which instances are up
 */
public record Balancer(Kind kind, ServerProcess process, int statusPort) {
  /** Which one. */
  public enum Kind {
    HAPROXY("/usr/sbin/haproxy", "haproxy.cfg", "server s%1$d 127.0.0.1:%1$d"),
    NGINX("/usr/sbin/nginx", "nginx.conf", "server 127.0.0.1:%d max_fails=0;");

    private final Path program;
    private final String configuration;
    private final String server;

    Kind(String program, String configuration, String server) {
      this.program = Path.of(program);
      this.configuration = configuration;
      this.server = server;
    }

    /** Whether it is where Debian's package puts it. */
    public boolean isInstalled() {
      return Files.isExecutable(program);
    }

    private List<String> command(Path file) {
      return this == HAPROXY
          ? List.of(program.toString(), "-db", "-f", file.toString())
          : List.of(program.toString(), "-p", file.resolveSibling("") + "/", "-c", file.toString());
    }

    private String servers(List<Integer> ports) {
      return ports.stream().map(server::formatted).collect(Collectors.joining("\n  "));
    }
  }

  private static final int MAX_SECONDS = 30;
  private static final long POLL_MILLIS = 20;

  /** Starts one; returns when it passes requests on. */
  static Balancer start(ServerStarter starter, Kind kind, TlsFiles tls, List<Integer> instances) {
    if (!kind.isInstalled()) {
      throw new BenchException("expected " + kind.program + ": install it");
    }
    int port = ServerStarter.freePort();
    int statusPort = ServerStarter.freePort();
    Path file = starter.newFile("balancer", ".conf");
    ResultFile.writeText(
        file,
        Resources.text(Balancer.class, kind.configuration)
            .replace("STATUS_PORT", "" + statusPort)
            .replace("PORT", "" + port)
            .replace("BOTH", tls.certificateAndKey().toString())
            .replace("CERTIFICATE", tls.certificate().toString())
            .replace("KEY", tls.key().toString())
            .replace("SERVERS", kind.servers(instances)));
    var info = new ServerInfo(kind.toString(), "", Placement.SHARED, kind.command(file));
    ServerProcess process = starter.with(tls).start(info, port, "/health", MAX_SECONDS);
    return new Balancer(kind, process, statusPort);
  }

  /** Returns when all instances get requests: before that, the next must not be restarted. */
  void awaitAllUp(int instances) throws InterruptedException {
    if (kind != Kind.HAPROXY) {
      return; // nginx has no health checks
    }
    URI status = URI.create("http://127.0.0.1:" + statusPort + "/;csv");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (up(client, status) < instances) {
        process.requireAlive();
        if (System.nanoTime() > deadline) {
          throw new BenchException("expected all instances up; log: " + process.output());
        }
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  private static long up(HttpClient client, URI status) throws InterruptedException {
    try {
      var answer = client.send(HttpRequest.newBuilder(status).build(), BodyHandlers.ofString());
      return answer.body().lines().filter(line -> line.matches("app,s\\d.*,UP,.*")).count();
    } catch (IOException e) {
      return 0; // not yet
    }
  }
}
