package dev.leantea.testing;

import dev.leantea.http.Headers;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;

/**
 * A client with a memory for cookies. It follows no redirects. {@code Accept} is {@code
 * application/problem+json} beside anything else, unless the request has one.
 *
 * <p>What goes wrong on the way throws an {@link UncheckedIOException}. One thread at a time.
 */
public final class TestClient {
  private static final String ACCEPT = "application/problem+json, */*;q=0.9";

  private final Transport transport;
  private final CookieJar cookies = new CookieJar();

  TestClient(Transport transport) {
    this.transport = transport;
  }

  /**
   * A client of a server that runs already: one that is deployed, or in a process of its own.
   *
   * @param origin scheme, host and port: {@code https://localhost:8443}
   * @throws IllegalArgumentException when it is none
   */
  public static TestClient connect(URI origin) {
    return new TestClient(SocketTransport.to(origin, HttpClient.newBuilder()));
  }

  /**
   * A client of a server that runs already, over TLS.
   *
   * @param origin scheme, host and port: {@code https://localhost:8443}
   * @param tls knows which certificates to trust
   * @throws IllegalArgumentException when it is none
   */
  public static TestClient connect(URI origin, SSLContext tls) {
    return new TestClient(SocketTransport.to(origin, HttpClient.newBuilder().sslContext(tls)));
  }

  /** Sends a GET; the target is a path with an optional query. */
  public TestResponse get(String target) {
    return send(Request.of(Method.GET, target));
  }

  /** Sends a POST of a value as JSON. */
  public TestResponse post(String target, Object json) {
    return send(Method.POST, target, json);
  }

  /** Sends a PUT of a value as JSON. */
  public TestResponse put(String target, Object json) {
    return send(Method.PUT, target, json);
  }

  /** Sends a PATCH of a value as JSON. */
  public TestResponse patch(String target, Object json) {
    return send(Method.PATCH, target, json);
  }

  /** Sends a DELETE. */
  public TestResponse delete(String target) {
    return send(Request.of(Method.DELETE, target));
  }

  /** Sends a value as JSON. */
  public TestResponse send(Method method, String target, Object json) {
    return send(
        Request.of(method, target)
            .withHeader("Content-Type", "application/json")
            .withBody(Json.encode(json)));
  }

  /**
   * Sends any request: {@code Request.of(…).withHeader(…).withBody(…)}. Its method, target, fields
   * and body count; the client adds its cookies.
   */
  public TestResponse send(Request request) {
    try {
      Transport.Opened opened = transport.open(prepared(request));
      cookies.keep(request, opened.headers());
      try (var body = opened.body()) {
        return new TestResponse(request, opened.status(), opened.headers(), body.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(request + ": expected a response, got " + e, e);
    }
  }

  /** Opens a stream of server-sent events with a GET; see {@link #events(Request)}. */
  public TestEvents events(String target) {
    return events(Request.of(Method.GET, target));
  }

  /**
   * Opens a stream of server-sent events.
   *
   * @throws AssertionError when the answer is not 200 with {@code text/event-stream}
   */
  public TestEvents events(Request request) {
    try {
      Transport.Opened opened = transport.open(prepared(request));
      cookies.keep(request, opened.headers());
      return TestEvents.of(request, opened);
    } catch (IOException e) {
      throw new UncheckedIOException(request + ": expected events, got " + e, e);
    }
  }

  /** Opens a WebSocket; see {@link #webSocket(Request)}. */
  public TestWebSocket webSocket(String target) {
    return webSocket(Request.of(Method.GET, target));
  }

  /**
   * Opens a WebSocket; the request may have an {@code Origin} and fields of its own.
   *
   * @throws AssertionError when the application does not agree
   */
  public TestWebSocket webSocket(Request request) {
    try {
      return transport.webSocket(cookies.withCookies(request));
    } catch (IOException e) {
      throw new UncheckedIOException(request + ": expected a WebSocket, got " + e, e);
    }
  }

  /** Forgets all cookies. */
  public void clearCookies() {
    cookies.clear();
  }

  private Request prepared(Request request) throws IOException {
    Headers headers = request.headers();
    Request accepting = headers.contains("Accept") ? request : request.withHeader("Accept", ACCEPT);
    return cookies.withCookies(accepting);
  }
}
