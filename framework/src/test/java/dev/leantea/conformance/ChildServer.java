package dev.leantea.conformance;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A server in a JVM of its own, for tests of how a JVM ends. {@link ChildProcess} starts it with
 * the backend as its argument, talks to it through its standard input, and reads what it reports.
 *
 * <pre>
 *  reports  port N · held (a request to /hold has come) · closing · pool closed
 *  obeys    release (lets requests to /hold go on) · close
 * </pre>
 */
final class ChildServer {
  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  private ChildServer() {}

  static void main(String[] arguments) throws Exception {
    Server server = start(arguments[0]);
    report("port " + server.port());
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String command = commands.readLine(); command != null; command = commands.readLine()) {
      switch (command) {
        case "release" -> RELEASED.countDown();
        case "close" -> Thread.ofPlatform().start(server::close);
        default -> throw new IOException("unknown command: " + command);
      }
    }
  }

  private static Server start(String backend) {
    // Far longer than a test may take: no test is to wait for it.
    Limits limits = Limits.DEFAULTS.withDrainTimeout(Duration.ofHours(1));
    ServerConfig config = ServerConfig.of(0).withHost("127.0.0.1").withLimits(limits);
    return Backends.named(backend)
        .serve(config, routes())
        .closeOnShutdown(() -> report("pool closed"));
  }

  private static Handler routes() {
    return Router.builder()
        .get("/hold", _ -> hold())
        .get("/exit", _ -> exit())
        .get("/exit/nonblocking", Handler.nonBlocking(_ -> exit()))
        .build();
  }

  private static Response hold() throws InterruptedException {
    report("held");
    RELEASED.await();
    return Response.text(200, "released");
  }

  private static Response exit() {
    System.exit(7);
    return Response.text(200, "not reached");
  }

  private static void report(String line) {
    System.out.println(line);
  }
}
