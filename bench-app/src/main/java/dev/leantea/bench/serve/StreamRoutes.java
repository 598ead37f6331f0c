package dev.leantea.bench.serve;

import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.websocket.Message;
import dev.leantea.websocket.Origins;
import dev.leantea.websocket.WebSocket;
import dev.leantea.websocket.WebSocketOptions;
import java.io.IOException;

/** The routes whose bodies flow: WebSocket, events, uploads, downloads, files. */
final class StreamRoutes {
  /** The largest message of the Autobahn case list. */
  private static final int MOST_MESSAGE_OCTETS = 16 * 1024 * 1024;

  /** Any page may connect: the echo knows no cookies. */
  private static final WebSocketOptions ECHO =
      WebSocketOptions.DEFAULTS.withMessageLimit(MOST_MESSAGE_OCTETS).withOrigins(Origins.ANY);

  private StreamRoutes() {}

  static void add(Router.Builder routes) {
    routes.get("/ws", StreamRoutes::echo);
  }

  private static Response echo(Request request) {
    return WebSocket.accept(request, ECHO, StreamRoutes::echo);
  }

  private static void echo(WebSocket socket) throws IOException {
    for (Message message; (message = socket.receive()) != null; ) {
      socket.send(message);
    }
  }
}
