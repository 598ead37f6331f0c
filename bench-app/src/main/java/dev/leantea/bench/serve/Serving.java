package dev.leantea.bench.serve;

import dev.leantea.backend.Backend;
import dev.leantea.backend.BackendException;
import dev.leantea.backend.Backends;
import dev.leantea.backend.Listener;
import dev.leantea.backend.Readiness;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.backend.TcpListener;
import dev.leantea.http.Handler;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server about to start: what a command line came down to. */
public record Serving(Backend backend, ServerConfig config, Additions additions) {
  static final String HOST = "127.0.0.1";
  static final int PORT = 8080;
  private static final List<String> PLAIN = List.of("--backend", "--host", "--port");

  /**
   * Reads {@code serve} with no other options than {@code --backend}, {@code --host} and {@code
   * --port} without picocli, which needs 250 ms of CPU time on a cold JVM, and 110 ms with a model
   * that needs no reflection; the rest of the start needs 720 ms. Empty for all else and for every
   * error: that is left to picocli.
   */
  public static Optional<Serving> plain(String... arguments) {
    Map<String, String> values = new HashMap<>();
    boolean plain = arguments.length % 2 == 1 && arguments[0].equals("serve");
    for (int i = 1; plain && i < arguments.length; i += 2) {
      plain =
          PLAIN.contains(arguments[i])
              && !arguments[i + 1].startsWith("-")
              && values.put(arguments[i], arguments[i + 1]) == null;
    }
    try {
      return plain ? Optional.of(of(values)) : Optional.empty();
    } catch (BackendException | IllegalArgumentException e) {
      return Optional.empty(); // picocli comes to the same error, and prints it
    }
  }

  private static Serving of(Map<String, String> values) {
    String host = values.getOrDefault("--host", HOST);
    int port = values.containsKey("--port") ? Integer.parseInt(values.get("--port")) : PORT;
    ServerConfig config = ServerConfig.builder().host(host).port(port).build();
    String name = values.get("--backend");
    Backend backend = name == null ? Backends.fromEnv() : Backends.named(name, "--backend " + name);
    return new Serving(backend, config, Additions.NONE);
  }

  /**
   * Starts the server, prints its address in one line, and returns when it has drained.
   *
   * @throws IllegalArgumentException when an option makes no sense
   * @throws java.io.UncheckedIOException when it cannot listen
   */
  public void run(PrintWriter out) throws InterruptedException {
    Readiness readiness = config.readiness().orElseGet(() -> new Readiness(Duration.ZERO));
    Handler routes = Answers.routes(additions).get("/ready", readiness).build();
    ServerConfig all = config.withReadiness(readiness);
    Server server =
        additions
            .surroundings()
            .map(it -> it.serve(backend, all, routes))
            .orElseGet(() -> backend.serve(all, routes));
    additions.dashboard().ifPresent(it -> it.start(backend, server));
    // No format: its classes would make the start slower.
    String address = "leantea:";
    for (Listener listener : server.listeners()) {
      address += " " + (listener instanceof TcpListener ? scheme(listener) : "") + listener;
    }
    String backing = " backend " + backend.name() + ", engine " + backend.engine();
    String encrypting = server.tlsLibrary().map(it -> ", TLS by " + it).orElse("");
    out.println(address + backing + " (" + backend.reason() + ")" + encrypting);
    out.flush();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("leantea-drain").unstarted(() -> drain(server)));
    server.join();
  }

  private static String scheme(Listener port) {
    return port.tls().isPresent() ? "https://" : "http://";
  }

  /** On SIGTERM and SIGINT: a drained server has done its work, so the status is 0, not 143. */
  private void drain(Server server) {
    additions.dashboard().ifPresent(Dashboard::close);
    server.close();
    additions.close();
    Runtime.getRuntime().halt(0);
  }
}
