package dev.leantea.testing;

import dev.leantea.http.Body;
import dev.leantea.http.Failures;
import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Calls the handler; bodies and WebSockets are written by virtual threads of their own. */
final class MemoryTransport implements Transport {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private final Handler handler;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  MemoryTransport(Handler handler) {
    this.handler = handler;
  }

  @Override
  public Opened open(Request request) throws IOException {
    Response response = Failures.call(handler, request);
    return switch (response.body()) {
      case Body.Upgrade _ -> {
        response.close();
        throw new IllegalStateException(request + ": expected a response, got a WebSocket");
      }
      case Body body when request.method().equals(Method.HEAD) -> withoutBody(response, body);
      case Body.Bytes(byte[] content) -> {
        response.close();
        yield opened(response, new ByteArrayInputStream(content));
      }
      case Body.Stream(var writer, _) -> opened(response, streamed(response, writer::writeTo));
      case Body.File file -> opened(response, streamed(response, file::writeTo));
    };
  }

  @SuppressWarnings("unused") // of a HEAD
  private static Opened withoutBody(Response response, Body body) {
    response.close();
    return opened(response, InputStream.nullInputStream());
  }

  private static Opened opened(Response response, InputStream body) {
    return new Opened(response.status(), response.headers(), body);
  }

  /** Writes a body. */
  private interface Writing {
    void writeTo(OutputStream out) throws Exception;
  }

  private InputStream streamed(Response response, Writing writing) {
    var pipe = new MemoryPipe();
    start(
        () -> {
          try {
            writing.writeTo(pipe.output());
            pipe.output().close();
          } catch (Throwable e) {
            pipe.fail(new IOException("the body broke off: " + e, e));
          } finally {
            response.close();
          }
        });
    return pipe.input();
  }

  @Override
  public TestWebSocket webSocket(Request request) throws IOException {
    Request opening =
        request
            .withHeader("Connection", "Upgrade")
            .withHeader("Upgrade", "websocket")
            .withHeader("Sec-WebSocket-Version", "13")
            .withHeader("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    Response response = Failures.call(handler, opening);
    if (!(response.body() instanceof Body.Upgrade upgrade)) {
      response.close();
      throw new AssertionError("expected a WebSocket, got " + response.status() + " to " + request);
    }
    var connection = new MemoryConnection();
    start(() -> serve(upgrade, connection, response));
    return MemoryWebSocket.open(connection, response.headers());
  }

  private static void serve(Body.Upgrade upgrade, MemoryConnection connection, Response response) {
    try {
      upgrade.handler().handle(connection);
    } catch (Exception e) {
      if (Failures.clientGone(e).isEmpty()) { // else it is as the test wanted it
        LOG.log(Level.ERROR, "handler failed", e);
      }
    } finally {
      connection.end();
      response.close();
    }
  }

  private void start(Runnable task) {
    Thread thread =
        Thread.ofVirtual()
            .name("leantea-test")
            .unstarted(
                () -> {
                  try {
                    task.run();
                  } finally {
                    running.remove(Thread.currentThread());
                  }
                });
    running.add(thread);
    thread.start();
  }

  @Override
  public int port() {
    throw new IllegalStateException("port: expected a server with one, got one in memory");
  }

  @Override
  public void close() {
    running.forEach(Thread::interrupt);
  }
}
