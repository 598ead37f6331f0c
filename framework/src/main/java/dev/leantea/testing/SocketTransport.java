package dev.leantea.testing;

import dev.leantea.backend.Server;
import dev.leantea.http.Headers;
import dev.leantea.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;

/** Speaks HTTP/1.1 to a server. */
final class SocketTransport implements Transport {
  /** What the JDK's client sets by itself. */
  private static final Set<String> OF_THE_CLIENT =
      Set.of("host", "connection", "content-length", "expect", "upgrade");

  private final URI origin;
  private final HttpClient client;
  private final Runnable close;

  private SocketTransport(URI origin, HttpClient.Builder client, Runnable close) {
    this.origin = origin;
    this.client =
        client
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(Await.LIMIT)
            .build();
    this.close = close;
  }

  /** Owns the server: {@link #close} closes it. */
  static SocketTransport of(Server server) {
    URI origin = URI.create("http://localhost:" + server.port());
    return new SocketTransport(origin, HttpClient.newBuilder(), server::close);
  }

  /** To a server that somebody else has started. */
  static SocketTransport to(URI origin, HttpClient.Builder client) {
    String scheme = String.valueOf(origin.getScheme());
    if (!scheme.matches("https?")
        || origin.getHost() == null
        || !origin.getRawPath().matches("/?")) {
      throw new IllegalArgumentException(
          "test client: expected an origin such as https://localhost:8443, got " + origin);
    }
    return new SocketTransport(origin, client, () -> {});
  }

  @Override
  public Opened open(Request request) throws IOException {
    byte[] body = request.bytes();
    BodyPublisher publisher =
        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri(origin.getScheme(), request))
            .timeout(Await.LIMIT)
            .method(request.method().toString(), publisher);
    for (Headers.Field field : request.headers()) {
      if (!OF_THE_CLIENT.contains(field.name().toLowerCase(Locale.ROOT))) {
        builder.header(field.name(), field.value());
      }
    }
    try {
      HttpResponse<InputStream> response =
          client.send(builder.build(), BodyHandlers.ofInputStream());
      return new Opened(response.statusCode(), headers(response.headers()), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + request);
    }
  }

  private URI uri(String scheme, Request request) {
    return URI.create(scheme + "://" + origin.getRawAuthority() + request.target().raw());
  }

  static Headers headers(HttpHeaders received) {
    var lines = new ArrayList<Headers.Field>();
    received
        .map()
        .forEach((name, values) -> values.forEach(it -> lines.add(new Headers.Field(name, it))));
    return Headers.of(lines);
  }

  @Override
  public TestWebSocket webSocket(Request request) {
    var builder = client.newWebSocketBuilder().connectTimeout(Await.LIMIT);
    for (Headers.Field field : request.headers()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!OF_THE_CLIENT.contains(name) && !name.startsWith("sec-websocket-")) {
        builder.header(field.name(), field.value());
      }
    }
    return SocketWebSocket.open(
        builder, uri(origin.getScheme().replace("http", "ws"), request), request);
  }

  @Override
  public int port() {
    return origin.getPort();
  }

  @Override
  public void close() {
    close.run();
    client.shutdownNow();
  }
}
