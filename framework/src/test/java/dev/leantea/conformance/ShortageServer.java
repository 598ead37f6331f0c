package dev.leantea.conformance;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.net.LoopSocketFactory;
import dev.leantea.routing.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import javax.net.SocketFactory;

/**
 * The server of {@link DescriptorContract}, in a JVM that can have few descriptors open. Its
 * arguments are the backend, the port of an {@link EchoPeer}, and a large file. It reports {@code
 * port N}, and then its {@link Figures} for each line of its standard input.
 */
final class ShortageServer {
  private static final SocketFactory PLAIN = SocketFactory.getDefault();
  private static final SocketFactory OF_LOOP = new LoopSocketFactory();

  private final AtomicInteger counted = new AtomicInteger();
  private final RecordedLog log;

  private ShortageServer(RecordedLog log) {
    this.log = log;
  }

  /**
   * What it reports.
   *
   * @param connections open ones
   * @param counted requests to {@code /count}
   * @param shortages log lines that say that nothing can be accepted
   * @param recoveries log lines that say that it can again
   */
  record Figures(int connections, int counted, long shortages, long recoveries) {
    static Figures parse(String text) {
      String[] numbers = text.split(" ", -1);
      return new Figures(
          Integer.parseInt(numbers[0]),
          Integer.parseInt(numbers[1]),
          Long.parseLong(numbers[2]),
          Long.parseLong(numbers[3]));
    }

    @Override
    public String toString() {
      return connections + " " + counted + " " + shortages + " " + recoveries;
    }
  }

  static void main(String[] arguments) throws IOException {
    try (var log = new RecordedLog(Level.INFO)) {
      new ShortageServer(log).serve(arguments[0], Integer.parseInt(arguments[1]), arguments[2]);
    }
  }

  private void serve(String backend, int peer, String file) throws IOException {
    ServerConfig config = ServerConfig.of(0).withHost("127.0.0.1");
    Server server = Backends.named(backend).serve(config, routes(peer, Path.of(file)));
    System.out.println("port " + server.port());
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (commands.readLine() != null) {
      System.out.println(figures(server));
    }
  }

  private Handler routes(int peer, Path file) {
    return Router.builder()
        .get("/now", Handler.nonBlocking(_ -> Response.text(200, "now")))
        .get("/count", _ -> Response.text(200, "" + counted.incrementAndGet()))
        .get("/socket", _ -> ask(PLAIN, peer))
        .get("/loop-socket", _ -> ask(OF_LOOP, peer))
        .get("/file", _ -> Response.file(file))
        .build();
  }

  private static Response ask(SocketFactory factory, int peer) throws IOException {
    return Response.text(200, EchoPeer.ask(factory, peer, 42) ? "right" : "wrong");
  }

  private Figures figures(Server server) {
    return new Figures(
        server.connections(),
        counted.get(),
        count("cannot accept connections"),
        count("accepts connections again"));
  }

  private long count(String start) {
    return log.messages(start).stream().filter(line -> line.startsWith(start)).count();
  }
}
