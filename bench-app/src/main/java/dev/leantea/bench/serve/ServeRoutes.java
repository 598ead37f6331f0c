package dev.leantea.bench.serve;

import static dev.leantea.http.Handler.nonBlocking;

import dev.leantea.http.Handler;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The example application: the routes that the documentation and the benchmark name. */
public final class ServeRoutes {
  private static final long MOST_SLEEP_MILLIS = 600_000;

  private ServeRoutes() {}

  /** What {@code GET /json} answers, serialized anew each time. */
  record Message(String message) {}

  /** What {@code GET /users/{id}} answers. */
  record User(long id, String name) {}

  /**
   * The routes.
   *
   * @param folder of {@code /files}; without one there is no such route
   * @param options adds what a flag switches on; its filters are around all routes
   */
  public static Handler routes(Optional<Path> folder, Consumer<Router.Builder> options) {
    Router.Builder routes = Router.builder();
    options.accept(routes);
    StreamRoutes.add(routes, folder);
    return routes
        .get("/health", nonBlocking(_ -> Response.text(200, "ok")))
        .get("/health/blocking", _ -> Response.text(200, "ok"))
        .get("/json", nonBlocking(_ -> Response.jsonObj(200, new Message("Hello, World!"))))
        .get("/json/blocking", _ -> Response.jsonObj(200, new Message("Hello, World!")))
        .get("/echo", nonBlocking(ServeRoutes::echoQuery))
        .post("/echo", request -> Response.bytes(200, request.mediaType(), request.bytes()))
        .get("/users/{id}", ServeRoutes::user)
        .get("/sleep/{millis}", ServeRoutes::sleep)
        .build();
  }

  private static Response echoQuery(Request request) {
    return Response.text(200, request.query("msg").orElse(""));
  }

  private static Response user(Request request) {
    long id = Numbers.parse("id", request.path("id"), Long.MAX_VALUE);
    return Response.jsonObj(200, new User(id, "user " + id));
  }

  /** Blocks, as a handler that asks a database would. */
  private static Response sleep(Request request) throws InterruptedException {
    long millis = Numbers.parse("millis", request.path("millis"), MOST_SLEEP_MILLIS);
    Thread.sleep(millis);
    return Response.jsonObj(200, Map.of("slept", millis));
  }
}
