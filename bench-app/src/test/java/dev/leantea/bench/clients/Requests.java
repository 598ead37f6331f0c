package dev.leantea.bench.clients;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.WireClient;
import dev.leantea.http.Handler;
import dev.leantea.routing.Router;
import java.util.ArrayList;
import java.util.List;

/** Servers whose handlers wait for others, and many requests at once. */
final class Requests {
  private static final int MAX_CONNECTIONS = 32;
  private static final int MAX_ROUNDS = 20;

  private Requests() {}

  /**
   * Starts a server with a route for each request: one that held its loop, by the loading of
   * classes for instance, would run beside the loop from then on.
   */
  static Server serve(String backend, Handler handler) {
    Router.Builder routes = Router.builder();
    for (String path : List.of("/", "/wait", "/push", "/pop")) {
      routes.get(path, handler).post(path, handler);
    }
    for (int round = 0; round < MAX_ROUNDS; round++) {
      for (int client = 0; client < MAX_CONNECTIONS; client++) {
        routes.get(path(round, client), handler);
      }
    }
    ServerConfig config = ServerConfig.of(0).withHost("127.0.0.1");
    return Backends.named(backend).serve(config, routes.build());
  }

  /**
   * Sends a request on each of many connections, reads all answers, and does so again.
   *
   * @return path and answer of each
   */
  static List<Answer> ask(Server server, int connections, int rounds) throws Exception {
    var clients = new ArrayList<WireClient>();
    var answers = new ArrayList<Answer>();
    for (int i = 0; i < connections; i++) {
      clients.add(new WireClient(server.port()));
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < connections; i++) {
        clients.get(i).get(path(round, i));
      }
      for (int i = 0; i < connections; i++) {
        answers.add(new Answer(path(round, i), clients.get(i).read().text()));
      }
    }
    for (WireClient client : clients) {
      client.close();
    }
    return answers;
  }

  private static String path(int round, int client) {
    return "/" + (round * 1000 + client);
  }

  /**
   * One exchange.
   *
   * @param path of the request
   * @param text of the answer
   */
  record Answer(String path, String text) {
    /** Whether it is the answer to its own request, where that repeats the path. */
    boolean isOwn() {
      return text.equals(path);
    }
  }
}
