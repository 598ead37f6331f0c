package dev.leantea.bench.upstream;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.BodyWriter;
import dev.leantea.http.MediaType;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.sse.Sse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The upstream of a proxy in tests. The request's body says what it does:
 *
 * <ul>
 *   <li>{@code two}: a token; the second when {@link #second} opens; the end.
 *   <li>{@code endless}: tokens until the client leaves.
 *   <li>{@code silent}: a token, then nothing until the client leaves.
 *   <li>{@code broken}: a token, then the connection breaks.
 *   <li>{@code busy}: 429 with {@code Retry-After}.
 *   <li>{@code whole}: an answer with a length.
 * </ul>
 */
final class TokenServer implements AutoCloseable {
  static final Duration HEARTBEAT = Duration.ofMillis(20);

  final CountDownLatch second = new CountDownLatch(1);

  /** Opens when an answer ended because its client left. */
  final CountDownLatch left = new CountDownLatch(1);

  final AtomicReference<Request> lastRequest = new AtomicReference<>(Request.of(Method.GET, "/"));
  private final Server server;

  TokenServer(String backend) {
    server =
        Backends.named(backend)
            .serve(
                ServerConfig.of(0).withHost("127.0.0.1"),
                Router.builder().post(UpstreamRoutes.POST_PATH, this::complete).build());
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  private Response complete(Request request) throws IOException {
    lastRequest.set(request);
    return switch (request.text()) {
      case "two" -> tokens(this::two);
      case "endless" -> tokens(this::endless);
      case "silent" -> silent();
      case "broken" -> tokens(TokenServer::broken);
      case "busy" -> Response.jsonError(429, "too many tokens").header("Retry-After", "7");
      case "whole" -> Response.text(200, "all of it");
      default -> Response.jsonError(400, "no such conversation");
    };
  }

  private static Response tokens(BodyWriter writer) {
    return Response.stream(200, MediaType.EVENT_STREAM, writer);
  }

  private static void send(OutputStream out, String token) throws IOException {
    out.write(("data: " + token + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void two(OutputStream out) throws IOException {
    send(out, "first");
    try {
      second.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    send(out, "second");
  }

  private void endless(OutputStream out) throws IOException {
    try {
      while (true) {
        send(out, "again");
      }
    } finally {
      left.countDown();
    }
  }

  private Response silent() {
    return Sse.events(
        HEARTBEAT,
        events -> {
          try {
            events.send("first");
            events.awaitClose();
          } finally {
            left.countDown();
          }
        });
  }

  private static void broken(OutputStream out) throws IOException {
    send(out, "first");
    throw new IOException("as asked");
  }

  @Override
  public void close() {
    second.countDown();
    server.close();
  }
}
