package dev.leantea.testing;

import dev.leantea.backend.Backend;
import dev.leantea.backend.Backends;
import dev.leantea.backend.Listener;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.backend.TcpListener;
import dev.leantea.http.Handler;

/**
 * An application under test, and clients of it:
 *
 * <pre>{@code
 * try (var server = TestServer.start(routes)) { // or inMemory(routes): the same tests without a port
 *   TestClient client = server.client();
 *   client.get("/teas/7").expect(200).json(Tea.class);
 *   client.post("/teas", new Tea("", 3)).expectProblem(400).expectError("/name");
 * }
 * }</pre>
 *
 * <p>In memory the handler is called by the test's own thread. A failure becomes the response that
 * a server would send; filters, streams, SSE and WebSockets work. What belongs to the connection is
 * left out: framing ({@code Content-Length}, {@code Date}), limits and timeouts, what is no
 * request.
 *
 * <p>Any thread.
 */
public final class TestServer implements AutoCloseable {
  private final Transport transport;

  private TestServer(Transport transport) {
    this.transport = transport;
  }

  /**
   * Starts a server on a free port of this machine, with the backend of {@link Backends#fromEnv}.
   */
  public static TestServer start(Handler handler) {
    return start(Backends.fromEnv(), handler);
  }

  /** Starts a server on a free port of this machine. */
  public static TestServer start(Backend backend, Handler handler) {
    return start(backend, ServerConfig.of(0).withHost("127.0.0.1"), handler);
  }

  /**
   * Starts a server with a configuration of the test's own.
   *
   * @param config its first listener is a port without TLS: the clients speak HTTP
   */
  public static TestServer start(Backend backend, ServerConfig config, Handler handler) {
    Listener first = config.listeners().getFirst();
    if (!(first instanceof TcpListener port) || port.tls().isPresent()) {
      throw new IllegalArgumentException(
          "test server: expected a port without TLS as the first listener, got " + first);
    }
    Server server = backend.serve(config, handler);
    return new TestServer(SocketTransport.of(server));
  }

  /** The application in memory: no port, no backend. */
  public static TestServer inMemory(Handler handler) {
    return new TestServer(new MemoryTransport(handler));
  }

  /** A new client, with no cookies yet. */
  public TestClient client() {
    return new TestClient(transport);
  }

  /**
   * The port.
   *
   * @throws IllegalStateException in memory, where there is none
   */
  public int port() {
    return transport.port();
  }

  /** Closes the server, as {@link Server#close}; ends what runs in memory. */
  @Override
  public void close() {
    transport.close();
  }
}
