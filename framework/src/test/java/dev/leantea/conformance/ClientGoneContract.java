package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.sse.Sse;
import dev.leantea.websocket.WebSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that leaves is no fault of the program, whatever a reader or a writer makes of the
 * exception: it is logged at DEBUG, and neither filters nor exception handlers answer it.
 */
public abstract class ClientGoneContract extends ServerContract {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What filters and exception handlers have seen. */
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();

  @Override
  protected Handler application() {
    return Router.builder()
        .filter(recording())
        .post("/lines", ClientGoneContract::lines)
        .post("/json", request -> Response.json(200, JSON.readTree(request.stream())))
        .post("/wrapped", ClientGoneContract::wrapped)
        .post("/unwrapped", request -> Response.bytes(200, MediaType.TEXT, request.bytes()))
        .get("/stream", _ -> Response.stream(200, MediaType.TEXT, ClientGoneContract::writeWrapped))
        .get("/events", _ -> events())
        .get("/socket", socket())
        .exception(RuntimeException.class, this::answer)
        .build();
  }

  private Filter recording() {
    return next ->
        request -> {
          Response response = next.handle(request);
          if (response.status() >= 400) {
            answers.add("filter: " + response.status());
          }
          return response;
        };
  }

  private Response answer(@SuppressWarnings("unused") Request request, RuntimeException e) {
    answers.add("exception handler: " + e);
    return Response.empty(503);
  }

  private static Response lines(Request request) throws IOException {
    var reader =
        new BufferedReader(new InputStreamReader(request.stream(), StandardCharsets.US_ASCII));
    return Response.text(200, "" + reader.lines().count());
  }

  private static Response wrapped(Request request) {
    try {
      return Response.bytes(200, MediaType.TEXT, request.bytes());
    } catch (IOException e) {
      throw new IllegalStateException("of the application", e);
    }
  }

  private static void writeWrapped(OutputStream out) {
    try {
      while (true) {
        out.write(new byte[10_000]);
      }
    } catch (IOException e) {
      throw new IllegalStateException("of the application", e);
    }
  }

  private static Response events() {
    return Sse.events(
        events -> {
          try {
            while (true) {
              events.send("x".repeat(10_000));
            }
          } catch (IOException e) {
            throw new IllegalStateException("of the application", e);
          }
        });
  }

  private static Handler socket() {
    return request ->
        WebSocket.accept(
            request,
            socket -> {
              try {
                while (socket.receive() != null) {
                  socket.send("x");
                }
              } catch (IOException e) {
                throw new IllegalStateException("of the application", e);
              }
            });
  }

  @ParameterizedTest
  @CsvSource({
    "POST, lines",
    "POST, json",
    "POST, wrapped",
    "POST, unwrapped",
    "GET, stream",
    "GET, events",
    "GET, socket",
  })
  void clientLeaves_handlerThrowsWhatItMeets_isLoggedAtDebug(String method, String name)
      throws Exception {
    try (var log = new RecordedLog(Level.FINE);
        WireClient client = connect()) {
      client.send(method + " /" + name + " HTTP/1.1\r\nHost: a\r\n");
      if (method.equals("POST")) {
        client.send("Content-Type: text/plain\r\nContent-Length: 1000\r\n\r\n[\"a");
      } else {
        client.send(
            """
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r
            """);
        var _ = client.readHead(name.equals("socket") ? 101 : 200);
      }
      client.reset();
      LogRecord line = log.await(": " + method + " /" + name);
      assertThat(line.getLevel()).as(line.getMessage()).isEqualTo(Level.FINE);
    }
    assertThat(answers).isEmpty();
  }
}
