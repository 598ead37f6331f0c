package dev.leantea.bench.libraries;

import static dev.leantea.http.Handler.nonBlocking;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.WireClient;
import dev.leantea.http.BodyWriter;
import dev.leantea.http.CompletedExchange;
import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A server with a listener, and routes that end in every way. A listener is notified some time
 * after the client has its answer: {@link #awaitEnd}.
 */
record ObservedServer(Server server, BlockingQueue<CompletedExchange> ended)
    implements AutoCloseable {
  static final int STREAMED = 50_000;
  static final int BEFORE_BREAK = 100_000;

  private static final long TIMEOUT_SECONDS = 30;

  static Router.Builder routes() {
    return Router.builder()
        .get("/teas/{id}", nonBlocking(request -> Response.text(200, request.path("id"))))
        .get("/blocking/{id}", request -> Response.text(200, request.path("id")))
        .get("/stream", _ -> stream(out -> out.write(new byte[STREAMED])))
        .get("/broken", _ -> stream(ObservedServer::breakOff))
        .get("/endless", _ -> stream(ObservedServer::writeForEver))
        .get("/fault", _ -> fault())
        .post("/upload", nonBlocking(ObservedServer::count));
  }

  private static Response stream(BodyWriter writer) {
    return Response.stream(200, MediaType.TEXT, writer);
  }

  private static void breakOff(OutputStream out) throws IOException {
    out.write(new byte[BEFORE_BREAK]);
    throw new IOException("on purpose");
  }

  private static void writeForEver(OutputStream out) throws IOException {
    while (true) {
      out.write(new byte[10_000]);
    }
  }

  private static Response fault() {
    throw new IllegalStateException("on purpose");
  }

  private static Response count(Request request) throws IOException {
    return Response.text(200, "got " + request.bytes().length);
  }

  static ObservedServer start(
      String backend, ExchangeListener listener, Filter filter, Router.Builder routes) {
    return start(backend, listener, Limits.DEFAULTS, filter.apply(routes.build()));
  }

  static ObservedServer start(
      String backend, ExchangeListener listener, Limits limits, Handler handler) {
    var ended = new LinkedBlockingQueue<CompletedExchange>();
    ServerConfig config =
        ServerConfig.of(0)
            .withHost("127.0.0.1")
            .withLimits(limits)
            .withExchangeListener(listener.and(ended::add));
    return new ObservedServer(Backends.named(backend).serve(config, handler), ended);
  }

  WireClient connect() throws IOException {
    return new WireClient(server.port());
  }

  /** Waits until the listener was notified of this many exchanges more. */
  void awaitEnd(int exchanges) throws InterruptedException {
    for (int i = 0; i < exchanges; i++) {
      if (ended.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS) == null) {
        throw new AssertionError("expected the end of an exchange");
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
